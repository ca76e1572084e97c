// The map itself, loaded when somebody asks for it: pictures of the region's own server, and one pin to move.
import { control, divIcon, map as drawMap, marker, point, tileLayer } from "leaflet/dist/leaflet-src.esm.js";

const NEAR = 17;
const DEEPEST = 19;
const STEP = 8;
const MOVES = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const PIN = divIcon({
  className: "place__pin",
  html: '<svg viewBox="0 0 32 44" aria-hidden="true"><path d="M16 42C8 30 3 23 3 15a13 13 0 0 1 26 0c0 8-5 15-13 27z"/><circle cx="16" cy="15" r="5"/></svg>',
  iconSize: [32, 44],
  iconAnchor: [16, 42],
});

/**
 * Open the map in `box`. `choose` is told each place the pin is put at, `failed` that no picture came.
 * Without `choose` the place is only shown.
 */
export async function openMap(box, { tiles, credit, link, lat, lon, zoom, words, place, choose, failed }) {
  await styles(words.css);
  box.hidden = false;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", words.mapName);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = drawMap(box, { zoomControl: false, zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm });
  map.attributionControl.setPrefix(false);
  control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  tileLayer(tiles, { attribution: credited(credit, link), maxZoom: DEEPEST, referrerPolicy: "origin" }) // tile servers ask who asks
    .once("tileerror", failed)
    .addTo(map);

  let pin = null;
  const put = (where) => {
    pin ??= made(map, words.pin, choose && told);
    pin.setLatLng(where);
  };
  const told = () => {
    const { lat: north, lng: east } = pin.getLatLng().wrap();
    choose({ lat: north, lon: east });
  };
  const middle = () => {
    put(map.getCenter());
    told();
    pin.getElement().focus();
  };
  if (choose) {
    map.on("click", ({ latlng }) => {
      put(latlng);
      told();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== box) return;
      event.preventDefault();
      middle();
    });
  }
  map.setView(place ? [place.lat, place.lon] : [lat, lon], place ? NEAR : zoom);
  if (place) put([place.lat, place.lon]);
  return {
    middle,
    show: (at) => {
      put([at.lat, at.lon]);
      map.setView([at.lat, at.lon], Math.max(map.getZoom(), NEAR));
    },
  };
}

/** A pin that is dragged, or moved with the arrow keys: by 8 pixels, with Shift by one. Without `told` it stays. */
function made(map, title, told) {
  if (!told) return marker([0, 0], { icon: PIN, interactive: false, keyboard: false, alt: title }).addTo(map);
  const pin = marker([0, 0], { icon: PIN, draggable: true, autoPan: true, title }).addTo(map);
  pin.on("dragend", told);
  pin.getElement().addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const by = point(move).multiplyBy(event.shiftKey ? 1 : STEP);
    pin.setLatLng(map.containerPointToLatLng(map.latLngToContainerPoint(pin.getLatLng()).add(by)));
    map.panInside(pin.getLatLng(), { padding: [24, 48] });
    told();
  });
  return pin;
}

/** The words of credit as HTML, whatever they hold. */
function credited(credit, link) {
  const node = document.createElement(link ? "a" : "span");
  node.textContent = credit;
  if (link) node.setAttribute("href", link);
  return node.outerHTML;
}

function styles(href) {
  if (document.querySelector(`link[href="${CSS.escape(href)}"]`)) return Promise.resolve();
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((done, fail) => {
    sheet.addEventListener("load", done);
    sheet.addEventListener("error", fail);
    document.head.append(sheet);
  });
}
