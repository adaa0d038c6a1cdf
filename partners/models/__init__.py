from .counts import EmbedCount
from .partners import Partner, PartnerOrigin
from .requests import PartnerLink, PartnerRequest

__all__ = ["EmbedCount", "Partner", "PartnerLink", "PartnerOrigin", "PartnerRequest"]
