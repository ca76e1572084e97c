// Part for: [data-place]
// A place by the position of the telephone or, once it is asked for, on a map. Both write the coordinates.
const DIGITS = 6;

for (const root of document.querySelectorAll("[data-place]")) start(root);

function start(root) {
  const find = (name) => root.querySelector(`[data-place-${name}]`);
  const inputs = { lat: find("lat"), lon: find("lon") };
  const stated = root.closest("form")?.dataset.map;
  const words = root.dataset;
  let map = null;

  const say = (text) => {
    find("status").textContent = text;
  };
  const given = () => {
    const [lat, lon] = [inputs.lat, inputs.lon].map((input) => (input.value.trim() ? Number(input.value.trim().replace(",", ".")) : NaN));
    return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
  };
  const choose = (place) => {
    for (const part of ["lat", "lon"]) inputs[part].value = place[part].toFixed(DIGITS);
    root.querySelector("details").open = true;
    inputs.lat.dispatchEvent(new Event("input", { bubbles: true }));
    say(words.chosen.replace("{place}", `${inputs.lat.value}, ${inputs.lon.value}`));
  };

  async function open(button) {
    button.disabled = true;
    say(words.loading);
    try {
      const { openMap } = await import("./map.js");
      map = await openMap(find("map"), { ...JSON.parse(stated), words, place: given(), choose, failed: () => say(words.failed) });
      button.hidden = true;
      find("middle").hidden = false;
      say(words.how);
    } catch {
      button.disabled = false; // the line may be back at the next try
      say(words.failed);
    }
  }

  function look() {
    say(words.searching);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const place = { lat: coords.latitude, lon: coords.longitude };
        choose(place);
        map?.show(place);
      },
      () => say(words.denied),
      { enableHighAccuracy: true, timeout: 20_000 },
    );
  }

  for (const input of Object.values(inputs)) input.addEventListener("change", () => given() && map?.show(given()));
  find("here").hidden = !(navigator.geolocation && window.isSecureContext);
  find("open").hidden = !stated;
  find("tools").hidden = find("here").hidden && find("open").hidden;
  find("here").addEventListener("click", look);
  find("open").addEventListener("click", (event) => open(event.currentTarget));
  find("middle").addEventListener("click", () => map.middle());
}
