"""Made-up conversations, to show the product and to test it: nothing in them was said by anybody."""

from decapolis.understand.listening.factories.ardenne import FictionalConversation, ardenne_conversation

__all__ = ["FictionalConversation", "ardenne_conversation"]
