"""What each language needs besides its lemmas: words that say nothing, and its letters.

A language without an entry here is searched all the same: by its words as they are, folded.
"""

# Words under which nobody looks for a topic, as they are written or as their lemma is,
# without accents. Words of a question ("comment", "how") are among them.
SILENT_WORDS = {
    "fr": """
        a age ai aller alors apres au aucun aujourd aussi autre aux avant avec avez avis avoir
        avons ayant besoin bonjour c ca car ce ceci cela celle celui ces cet cette ceux chaque
        chez chose ci combien comme comment d dans de deja depuis des dessus devoir dois doit
        donc dont du elle en encore entre es est et etait etes etre eux faire fait falloir faut
        hui il ils j je jusque l la laisser laquelle le lequel les leur leurs lorsque lui m ma
        mais me meme merci mes mettre mien moi moins mon n ne ni normal nos notre nous on ont or
        ou où par parce parfois pas pendant peu peut plus plutot pour pourquoi pouvez pouvoir
        presque pris puis qu quand que quel quelle quelles quelque quels qui quoi rien s sa sans
        savoir se selon ses si sien sinon soi soit son sont sous souvent suis sur svp t ta
        tandis te tel tes tien toi ton toujours tous tout toute toutes tres trop truc tu un une
        vers voici voila vos votre vouloir vous vraiment y
    """,
    "en": """
        a about after all also am an and any are as at be been before but by can could did do does
        doing for from had has have he her here him his how i if in into is it its just me my no
        not of on or our out please she should so some such that the their them then there these
        they this those to too very was we were what when where which who why will with would you
        your
    """,
    "ar": """
        في من على الى إلى عن مع هذا هذه ذلك تلك التي الذي هو هي هم انا أنا انت نحن كان كانت يكون ما
        ماذا متى كيف لماذا اين أين هل لا لم لن ان أن إن او أو و ثم قد كل بعد قبل عند بين حتى
    """,
    "uk": """
        а або але б бути в вже ви від він вона вони воно да для до є же з за і із її їх й його коли
        який яка яке які ли мене ми мій моя мої на не ні нас наш о об по при про раз та так там те
        ти то тому у що щоб це цей ця чи чого чому я як
    """,
    "tr": """
        ama ancak ben benim bir biz bu ben çok çünkü da daha de değil diye en gibi hangi hem her
        için ile ise kadar ki kim mi mı mu mü nasıl ne neden niçin o olan olarak onlar onun sen siz
        şu ve veya ya
    """,
}

# Accents that are left out when one types in a hurry: the letters under which a word that no
# dictionary knows is tried again.
ACCENTED = {
    "fr": {"e": "éèêë", "a": "àâ", "i": "îï", "o": "ô", "u": "ùûü", "c": "ç"},
    "tr": {"s": "ş", "c": "ç", "g": "ğ", "i": "ı", "o": "ö", "u": "ü"},
}

# The endings of a plural that no dictionary knows ("doudous"), and how long such a word is.
PLURAL_ENDINGS = {"fr": "sx", "en": "s"}
SHORTEST_PLURAL = 4

# Letters that Unicode keeps whole though people write them in two ways.
FOLDED_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ı": "i",
        "ø": "o",
        "ł": "l",
        # Arabic: the ways to write alef, ya and ta marbuta; the stroke that lengthens a word.
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ـ": None,
        "ґ": "г",
    }
)
ARTICLES = {"ar": "ال"}
