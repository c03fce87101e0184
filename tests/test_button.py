from homeassistant.core import HomeAssistant
from datetime import timedelta
async def test_x(hass, set_up, pass_time):
    print([s for s in hass.states.async_all()])
    await hass.services.async_call("button","press",{"entity_id":"button.alex_start"},blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    for i in range(30):
        print([ (e, hass.states.get(e).state, dict(hass.states.get(e).attributes) if 'exer' in e else '') for e in ("sensor.alex_session","sensor.alex_exercise","sensor.alex_step_ends","sensor.alex_progress")])
        await pass_time(timedelta(seconds=30))
