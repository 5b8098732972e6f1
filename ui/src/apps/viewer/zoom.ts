// Where an image lies when it is zoomed and moved: its centre from the centre of the room, in pixels.
import { clamp } from "../../lib/numbers";

export interface Place {
  scale: number;
  x: number;
  y: number;
}

export interface Sizes {
  room: { width: number; height: number };
  image: { width: number; height: number };
}

export const START: Place = { scale: 1, x: 0, y: 0 };
const SMALLEST = 0.02;
const LARGEST = 32;
/** Between the image and the edge when it is fitted. */
const MARGIN = 16;

/** As large as fits, but never larger than it is. */
export function fitScale({ room, image }: Sizes): number {
  const scale = Math.min((room.width - MARGIN) / Math.max(1, image.width), (room.height - MARGIN) / Math.max(1, image.height), 1);
  return Math.max(SMALLEST, scale);
}

/** Zooms so that what lies under a point of the room stays there. */
export function zoomedAt(place: Place, scale: number, at: { x: number; y: number }, sizes: Sizes): Place {
  const next = clamp(scale, SMALLEST, LARGEST);
  const ratio = next / place.scale;
  const fromCentre = { x: at.x - sizes.room.width / 2, y: at.y - sizes.room.height / 2 };
  return kept({ scale: next, x: fromCentre.x - (fromCentre.x - place.x) * ratio, y: fromCentre.y - (fromCentre.y - place.y) * ratio }, sizes);
}

export function movedBy(place: Place, by: { x: number; y: number }, sizes: Sizes): Place {
  return kept({ ...place, x: place.x + by.x, y: place.y + by.y }, sizes);
}

/** An image that fits is in the middle; a larger one cannot be moved out of sight. */
function kept(place: Place, { room, image }: Sizes): Place {
  const x = Math.max(0, (image.width * place.scale - room.width) / 2);
  const y = Math.max(0, (image.height * place.scale - room.height) / 2);
  return { scale: place.scale, x: clamp(place.x, -x, x), y: clamp(place.y, -y, y) };
}
