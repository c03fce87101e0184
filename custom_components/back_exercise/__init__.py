"""Back Exercise: spoken exercise sessions for people with lower-back pain."""

from homeassistant.const import Platform
from homeassistant.core import HassJob, HomeAssistant
from homeassistant.exceptions import ConfigEntryNotReady
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.typing import ConfigType

from .const import DOMAIN
from .coordinator import BackExerciseConfigEntry, Coordinator, load_catalogue
from .diary import Diary, DiaryError
from .entity import device_of
from .faults import Faults
from .frontend import async_hide_card, async_serve_card, async_show_card
from .http import async_get_tracks
from .listening import async_listen_for
from .phrases import async_load_phrases
from .preflight import async_watch_address
from .renames import async_follow_renames
from .services import async_setup_services
from .sheet_view import SheetView
from .unowned import async_leave_behind
from .websocket import async_register as async_register_commands
from .wiring import Wiring

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.IMAGE,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TIME,
]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register actions and commands, and clear away what an interrupted run left."""
    await async_setup_services(hass)
    await async_get_tracks(hass).async_clear()
    await async_serve_card(hass)
    async_register_commands(hass)
    for entry in hass.config_entries.async_entries(DOMAIN):
        Faults(hass, entry).of_version()  # Home Assistant only refuses to load it
    hass.http.register_view(SheetView())
    return True


async def async_setup_entry(
    hass: HomeAssistant, entry: BackExerciseConfigEntry
) -> bool:
    """Make one person's sessions possible."""
    wiring = Wiring.from_options(entry.options)
    catalogue = await hass.async_add_executor_job(load_catalogue)
    phrases = await async_load_phrases(hass, wiring.language)
    diary = await Diary.async_open(
        hass, str(entry.unique_id), entry.title, catalogue, Faults(hass, entry)
    )
    coordinator = Coordinator(
        hass, entry, catalogue, diary, phrases, async_get_tracks(hass)
    )
    entry.runtime_data = coordinator
    # before background tasks are cancelled: the speakers are to be let go
    entry.async_on_unload(hass.async_add_shutdown_job(HassJob(coordinator.async_close)))
    entry.async_on_unload(entry.add_update_listener(_updated))
    _register_person(hass, entry)
    coordinator.async_come_back()
    try:
        await coordinator.scheduler.async_begin()
    except DiaryError as err:
        await coordinator.async_close()
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN,
            translation_key=err.translation_key,
            translation_placeholders=err.translation_placeholders,
        ) from err
    coordinator.pain_input.follow()
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    entry.async_on_unload(async_listen_for(hass, coordinator))
    async_watch_address(hass, entry)
    async_follow_renames(hass, entry)
    async_show_card(hass)
    return True


def _register_person(hass: HomeAssistant, entry: BackExerciseConfigEntry) -> None:
    """Register the person's device: those of the reminders are reached through it."""
    dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, **device_of(entry)
    )


async def async_unload_entry(
    hass: HomeAssistant, entry: BackExerciseConfigEntry
) -> bool:
    """Unload; a session that is going on waits for the entry to come back."""
    await entry.runtime_data.async_close()
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(
    hass: HomeAssistant, entry: BackExerciseConfigEntry
) -> None:
    """Tell nothing more of a person, and leave the dashboards as they were.

    The card goes once nobody is set up any more. A diary in which anything was
    recorded is kept.
    """
    Faults(hass, entry).forget()
    await async_leave_behind(hass, str(entry.unique_id))
    if not hass.config_entries.async_entries(DOMAIN):
        async_hide_card(hass)
        await async_get_tracks(hass).async_clear()


async def _updated(hass: HomeAssistant, entry: BackExerciseConfigEntry) -> None:
    """Apply changed settings; new speakers or voices once no session is going on."""
    coordinator = entry.runtime_data
    coordinator.pain_input.follow()
    coordinator.scheduler.wishes_changed()
    if not coordinator.is_outdated:
        coordinator.async_refresh_state()
        return
    coordinator.async_when_idle(
        lambda: hass.config_entries.async_schedule_reload(entry.entry_id)
    )
