"""What software that asks an oEmbed provider makes of its answers."""

import re
from html import escape, unescape
from html.parser import HTMLParser

HERE = "http://testserver"


class Frame(HTMLParser):
    """The elements of a piece of HTML: [(tag, attributes)]."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def frame_of(data):
    [(tag, attributes)] = Frame(data["html"]).found
    assert tag == "iframe"
    assert data["html"].endswith("></iframe>")
    return attributes


def found_by_wordpress(html):
    """What WP_oEmbed::discover() (6.1) takes from a page: the address to ask, or None."""
    head = html[: 150 * 1024].partition("</head>")[0]
    for link in re.findall(r"<link([^<>]+?)/?>", head, re.IGNORECASE):
        named = dict(re.findall(r'([\w-]+)\s*=\s*"([^"]*)"', link))
        if named.get("type") == "application/json+oembed" and named.get("href"):
            return unescape(named["href"])
    return None


def kept_by_wordpress(html):
    """What wp_filter_oembed_result() and the filter for titles (6.1) make of a provider's answer
    that nobody vouched for; False where they show nothing."""
    allowed = {
        "iframe": {"src", "width", "height", "frameborder", "marginwidth", "marginheight",
                   "scrolling", "title"},
        "blockquote": set(),
        "a": {"href"},
    }  # fmt: skip
    kept = ""
    for tag, attributes in Frame(html).found:
        if tag in allowed:
            named = {name: value for name, value in attributes.items() if name in allowed[tag]}
            said = "".join(f' {name}="{escape(value)}"' for name, value in named.items())
            kept += f"<{tag}{said}></{tag}>"
    frame = re.search(r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", kept, re.DOTALL)
    if frame is None:
        return False
    html = re.sub(r' src="(.*?)"', r' src="\1#?secret=abc" data-secret="abc"', frame[2])
    ours = 'class="wp-embedded-content" sandbox="allow-scripts" security="restricted"'
    return (frame[1] or "") + html.replace("<iframe", f"<iframe {ours}")
