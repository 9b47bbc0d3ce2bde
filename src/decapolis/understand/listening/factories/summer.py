"""The conversation that is open in Ardenne-sur-Lys, to take part in: made up, in two languages, nobody answered yet."""

from datetime import timedelta

from decapolis.plumbing import clock
from decapolis.understand.listening.factories.open import make_open_conversation
from decapolis.understand.listening.models import Conversation, ConversationTranslation, StatementTranslation

SLUG = "summer-by-the-water"
_OPEN_FOR = timedelta(days=60)

_WORDS = {
    "question": "What would make summer by the water good for everybody?",
    "purpose": "To decide what the city offers on the quays from June to September, and what it leaves alone.",
    "asked_by": "Prevention office of Ardenne-sur-Lys",
    "paid_by": "City of Ardenne-sur-Lys",
    "what_happens_next": "The council answers each point in public: yes, no or later, and why.",
}
_FRENCH = {
    "question": "Qu’est-ce qui rendrait l’été au bord de l’eau agréable pour tout le monde ?",
    "purpose": "Décider de ce que la ville propose sur les quais de juin à septembre, et de ce qu’elle laisse en paix.",
    "asked_by": "Bureau de la prévention d’Ardenne-sur-Lys",
    "paid_by": "Ville d’Ardenne-sur-Lys",
    "what_happens_next": "Le conseil répond à chaque point en public : oui, non ou plus tard, et pourquoi.",
}
_STATEMENTS = {
    "The quays should have drinking water and toilets all summer.": "Il faudrait de l’eau potable et des toilettes sur "
    "les quais tout l’été.",
    "Music by the water should end at ten.": "La musique au bord de l’eau devrait s’arrêter à vingt-deux heures.",
    "There should be a place to swim that is watched.": "Il faudrait un lieu de baignade surveillé.",
    "Cars should stay off the quays in the evening.": "Les voitures ne devraient pas circuler sur les quais le soir.",
    "Young people should have a say in what happens on the quays.": "Les jeunes devraient avoir leur mot à dire sur ce "
    "qui se passe sur les quais.",
    "I know somebody I could call if there is trouble on the quays.": "Je connais quelqu’un que je pourrais appeler en "
    "cas de problème sur les quais.",
    "Food stalls should be run by people who live here.": "Les stands de nourriture devraient être tenus par des "
    "habitants d’ici.",
    "Buses should run until one at night in summer.": "Les bus devraient circuler jusqu’à une heure du matin en été.",
    "There are enough benches in the shade.": "Il y a assez de bancs à l’ombre.",
    "Street workers should be on the quays until midnight.": "Des éducateurs de rue devraient être présents sur les "
    "quais jusqu’à minuit.",
    "Barbecues should be allowed in one marked place.": "Les barbecues devraient être permis à un endroit indiqué.",
    "The city should hold one evening a week without alcohol on sale.": "La ville devrait prévoir une soirée par "
    "semaine sans vente d’alcool.",
}


def make_summer_conversation() -> Conversation | None:
    """Store the conversation, open from yesterday for two months; None where it is here already."""
    if Conversation.objects.filter(slug=SLUG).exists():
        return None
    until = clock.today() + _OPEN_FOR
    days = {"closed_on": until, "answer_due_on": until + _OPEN_FOR}
    conversation = make_open_conversation(
        tuple(_STATEMENTS), slug=SLUG, reference="LIS-SUMMER", is_fictional=True, **_WORDS, **days
    )
    ConversationTranslation.objects.create(conversation=conversation, language="fr", **_FRENCH)
    StatementTranslation.objects.bulk_create(
        StatementTranslation(statement=statement, language="fr", text=_STATEMENTS[statement.text])
        for statement in conversation.statements.all()
    )
    return conversation
