export type MapView = 'map' | 'table';

const key = 'guestward-map-view';

/** As it was chosen here before; undefined: whichever suits the window. */
export function readMapView(): MapView | undefined {
  const kept = localStorage.getItem(key);
  return kept === 'map' || kept === 'table' ? kept : undefined;
}

export function keepMapView(view: MapView): void {
  localStorage.setItem(key, view);
}
