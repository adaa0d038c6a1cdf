from .partners import Partner, PartnerOrigin

__all__ = ["Partner", "PartnerOrigin"]
