"""Whether speakers can fetch from the address that Home Assistant gives them."""

from contextlib import suppress
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError, get_url
from homeassistant.util.network import is_ip_address, is_loopback
from yarl import URL


class AddressFault(StrEnum):
    """What keeps speakers from fetching, as far as it can be seen from here."""

    UNKNOWN = "unknown"
    """Home Assistant knows no address of its own."""
    LOOPBACK = "loopback"
    """Only what runs on the same computer finds it there."""
    CERTIFICATE = "certificate"
    """It is encrypted, with a certificate that speakers have no reason to trust."""


CERTAIN: Final = frozenset({AddressFault.UNKNOWN, AddressFault.CERTIFICATE})
"""What is wrong for every speaker; one on the same computer needs nothing better."""


def address_of(hass: HomeAssistant) -> str | None:
    """Return where speakers are told to fetch from; None where that is nowhere."""
    try:
        return get_url(hass)
    except NoURLAvailableError:
        return None


def is_of_this_computer(address: str | None) -> bool:
    """Return whether an address leads every device to itself."""
    host = URL(address or "").host or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return is_ip_address(host) and is_loopback(ip_address(host))


async def async_address_fault(hass: HomeAssistant) -> AddressFault | None:
    """Return what is wrong with the address; None where nothing is known to be.

    Whether a speaker really gets there shows only when it is to play.
    """
    address = address_of(hass)
    if address is None:
        return AddressFault.UNKNOWN
    if is_of_this_computer(address):
        return AddressFault.LOOPBACK
    url = URL(address)
    if url.scheme != "https":
        return None
    # no authority vouches for a number in a home network
    if is_ip_address(str(url.host)) or await hass.async_add_executor_job(
        _is_self_signed, hass, url
    ):
        return AddressFault.CERTIFICATE
    return None


def _is_self_signed(hass: HomeAssistant, url: URL) -> bool:
    """Return whether Home Assistant vouches for itself there. Reads the disk."""
    path, api = hass.http.ssl_certificate, hass.config.api
    if path is None or api is None or url.port != api.port:
        return False  # somebody else answers there
    with suppress(OSError, ValueError):
        certificate = x509.load_pem_x509_certificate(Path(path).read_bytes())
        return certificate.issuer == certificate.subject
    return False
