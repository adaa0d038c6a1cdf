"""Search in the words of parents: the same on SQLite and PostgreSQL, in the page's language.

`text` makes one and the same form of what is written and of what is asked; `documents` says
what of a topic is searched; `index` keeps the tables of `models` and `upkeep` keeps them with
every publication; `questions` understands what was typed, with `spelling`; `ranking` finds and
orders; `passages` chooses what is shown of a topic; `suggestions` helps while one types;
`fruitless` counts words that led nowhere; `views` answers. See docs/decisions/0014-search.md.
"""
