"""An address that speakers can't fetch from is told before and after they tried."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from homeassistant.components.http import ApiConfig
from homeassistant.components.repairs import (
    RepairsFlowManager,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.address import AddressFault, async_address_fault
from custom_components.back_exercise.const import CONF_SPEAKERS, DOMAIN
from custom_components.back_exercise.faults import Faults

from .conftest import Ask, PassTime
from .repairing import told

pytestmark = pytest.mark.usefixtures("spoken_to")

PLAYER = "media_player.test"
GOOD = "http://10.0.0.2:8123"
OWN = "http://127.0.0.1:8123"


def certificate(issuer: str) -> bytes:
    """Return a certificate for a name at home, signed by somebody."""
    key = ec.generate_private_key(ec.SECP256R1())
    start = datetime(2026, 11, 1, tzinfo=UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "home")]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=90))
        .sign(key, hashes.SHA256())
    )
    return built.public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        (GOOD, None),
        ("http://homeassistant.local:8123", None),
        ("https://home.example.org", None),
        (OWN, AddressFault.LOOPBACK),
        ("http://127.0.1.1:8123", AddressFault.LOOPBACK),
        ("http://localhost:8123", AddressFault.LOOPBACK),
        ("https://localhost:8123", AddressFault.LOOPBACK),
        ("http://[::1]:8123", AddressFault.LOOPBACK),
        ("https://10.0.0.2:8123", AddressFault.CERTIFICATE),
        (None, AddressFault.UNKNOWN),
    ],
)
async def test_what_can_be_seen_of_an_address_is_seen(
    hass: HomeAssistant, address: str | None, fault: AddressFault | None
) -> None:
    assert await async_setup_component(hass, "http", {})
    hass.config.api = ApiConfig("127.0.0.1", "127.0.0.1", 8123, use_ssl=False)
    await hass.config.async_update(internal_url=address)

    assert await async_address_fault(hass) is fault


@pytest.mark.parametrize(
    ("issuer", "port", "fault"),
    [
        ("home", 8123, AddressFault.CERTIFICATE),
        ("An authority", 8123, None),
        ("home", 443, None),  # something in front of Home Assistant answers there
    ],
)
async def test_a_certificate_of_its_own_making_is_told_from_others(
    hass: HomeAssistant,
    tmp_path: Path,
    issuer: str,
    port: int,
    fault: AddressFault | None,
) -> None:
    path = tmp_path / "home.pem"
    path.write_bytes(certificate(issuer))
    assert await async_setup_component(hass, "http", {})
    hass.config.api = ApiConfig("10.0.0.2", "10.0.0.2", 8123, use_ssl=True)
    await hass.config.async_update(internal_url=f"https://home.lan:{port}")

    with patch.object(hass.http, "ssl_certificate", str(path)):
        assert await async_address_fault(hass) is fault


@pytest.mark.parametrize("content", [None, b"no certificate"])
async def test_a_certificate_that_cannot_be_read_is_not_judged(
    hass: HomeAssistant, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "home.pem"
    path.write_bytes(content or b"")
    assert await async_setup_component(hass, "http", {})
    hass.config.api = ApiConfig("10.0.0.2", "10.0.0.2", 8123, use_ssl=True)
    await hass.config.async_update(internal_url="https://home.lan:8123")

    with patch.object(hass.http, "ssl_certificate", str(path)):
        assert await async_address_fault(hass) is None


@pytest.mark.usefixtures("voice", "speaker", "set_up")
async def test_it_is_told_as_soon_as_the_address_changes_and_no_longer_than_it_lasts(
    hass: HomeAssistant,
) -> None:
    assert told(hass) == set()
    await hass.config.async_update(internal_url="https://10.0.0.2:8123")
    await hass.async_block_till_done()
    assert told(hass) == {"address_certificate"}
    hass.config.api = ApiConfig("127.0.0.1", "127.0.0.1", 8123, use_ssl=False)
    await hass.config.async_update(internal_url=None)
    await hass.async_block_till_done()
    assert told(hass) == {"address_unknown"}
    await hass.config.async_update(internal_url=GOOD)
    await hass.async_block_till_done()
    assert told(hass) == set()


@pytest.mark.usefixtures("voice", "speaker")
async def test_who_is_not_heard_on_speakers_is_not_told(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    await hass.config.async_update(internal_url="https://10.0.0.2:8123")
    await hass.async_block_till_done()
    options = {**set_up.options, CONF_SPEAKERS: ["notify.test"]}
    hass.config_entries.async_update_entry(set_up, options=options)
    await hass.async_block_till_done()

    assert told(hass) == set()


@pytest.mark.usefixtures("voice", "player", "set_up")
async def test_a_speaker_that_finds_home_assistant_on_its_own_computer_is_no_fault(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    await hass.config.async_update(internal_url=OWN)
    await ask("start")
    await pass_time(timedelta(minutes=1))

    assert told(hass) == set()


@pytest.mark.usefixtures("voice")
async def test_a_speaker_that_looks_for_it_in_itself_is_told_until_it_plays(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    faults = Faults(hass, set_up)
    await hass.config.async_update(internal_url=OWN)
    faults.of_speaker(PLAYER, "not_fetched")
    assert told(hass) == {"speaker_looks_at_itself"}
    faults.of_speaker(PLAYER, None)
    assert told(hass) == set()


@pytest.mark.usefixtures("voice", "speaker")
@pytest.mark.parametrize(
    ("key", "what", "address"),
    [
        ("address_certificate", "address", "https://10.0.0.2:8123"),
        ("speaker_looks_at_itself", PLAYER, OWN),
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
async def test_the_address_is_looked_at_again_when_it_was_changed(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    flows: RepairsFlowManager,
    key: str,
    what: str,
    address: str,
    language: str,
) -> None:
    await hass.config.async_update(internal_url=address)
    Faults(hass, set_up).of_speaker(PLAYER, "not_fetched")
    await hass.async_block_till_done()
    assert key in told(hass)

    issue_id = f"{key}_{set_up.entry_id}_{what}"
    form = await flows.async_init(DOMAIN, context={"issue_id": issue_id})
    assert form["step_id"] == "address"
    texts = await async_get_translations(hass, language, "issues", [DOMAIN])
    start = f"component.{DOMAIN}.issues.{key}.fix_flow"
    told_to = texts[f"{start}.step.address.description"]
    assert address in told_to.format(**dict(form["description_placeholders"] or {}))
    form = await flows.async_configure(form["flow_id"], {})
    assert form["errors"] == {"base": "still_wrong"}
    assert f"{start}.error.still_wrong" in texts

    await hass.config.async_update(internal_url=GOOD)
    done = await flows.async_configure(form["flow_id"], {})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert key not in told(hass)


@pytest.mark.usefixtures("voice", "speaker")
async def test_of_somebody_who_is_removed_nothing_is_told_any_more(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    await hass.config.async_update(internal_url="https://10.0.0.2:8123")
    Faults(hass, set_up).of_unreadable(entries=2)
    await hass.async_block_till_done()
    assert told(hass) == {"address_certificate", "diary_unreadable"}
    await hass.config_entries.async_remove(set_up.entry_id)

    assert told(hass) == set()
