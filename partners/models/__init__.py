from .counts import NO_TOPIC, EmbedCount
from .partners import Partner, PartnerOrigin
from .requests import PartnerLink, PartnerRequest

__all__ = ["NO_TOPIC", "EmbedCount", "Partner", "PartnerLink", "PartnerOrigin", "PartnerRequest"]
