// Where the device is: by its own part on phones, else by the window. It is asked only when the person
// wants it, once, and nothing follows the person.
import { plugin, type Plugin } from '#lib/bridge/plugins.ts';

/** A place as reports carry it: integers of 1e-7 degree, metres of doubt if the device told them. */
export interface Fix {
	lat_e7: number;
	lon_e7: number;
	accuracy_m: number | null;
}
/** Why there is no place: the person or the system said no, it is switched off, it took too long. */
export type Lost = 'refused' | 'off' | 'too_late';
export type Found = { fix: Fix } | { lost: Lost };
type Coordinates = Pick<GeolocationCoordinates, 'latitude' | 'longitude' | 'accuracy'>;

/** The first fix under open sky takes about this long; indoors a rough one is there at once. */
const LONGEST_WAIT = 15_000;
/** A place of half a minute ago is where the person still stands. */
const OLDEST = 30_000;
const wanted = { enableHighAccuracy: true, timeout: LONGEST_WAIT, maximumAge: OLDEST };

/** Whether there is any way to ask. */
export const canLocate = (own: boolean): boolean => own || 'geolocation' in navigator;

/** The place, by the device's own part or else by the window. */
export const locate = (own: boolean): Promise<Found> =>
	own ? byDevice() : byWindow(navigator.geolocation);

/** Asks the device; it asks the person first. */
export async function byDevice(use: Plugin = plugin, wait: number = LONGEST_WAIT): Promise<Found> {
	try {
		const granted = (await use('geolocation', 'request_permissions', {
			permissions: ['location'],
		})) as { location: string; coarseLocation?: string };
		// Who grants the rough place only still helps the office to find it.
		if (granted.location !== 'granted' && granted.coarseLocation !== 'granted') {
			return { lost: 'refused' };
		}
		const asked = use('geolocation', 'get_current_position', { options: wanted });
		// One system knows no limit of its own.
		const position = (await within(asked, wait)) as { coords: Coordinates } | null;
		return position ? fixOf(position.coords) : { lost: 'too_late' };
	} catch {
		// The parts of both systems throw in words only: location is switched off, or found nothing.
		return { lost: 'off' };
	}
}

/** Asks the window; it asks the person first. */
export function byWindow(geolocation: Geolocation): Promise<Found> {
	return new Promise((tell) => {
		geolocation.getCurrentPosition(
			({ coords }) => tell(fixOf(coords)),
			({ code }) => tell({ lost: code === 1 ? 'refused' : code === 3 ? 'too_late' : 'off' }),
			wanted,
		);
	});
}

/** Whole numbers, or nothing where the device says what cannot be. */
export function fixOf({ latitude, longitude, accuracy }: Coordinates): Found {
	const real = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
	if (!real) return { lost: 'off' };
	const metres = Math.ceil(accuracy);
	return {
		fix: {
			lat_e7: Math.round(latitude * 1e7),
			lon_e7: Math.round(longitude * 1e7),
			accuracy_m: metres > 0 && metres <= 1_000_000 ? metres : null,
		},
	};
}

function within<T>(promise: Promise<T>, wait: number): Promise<T | null> {
	let timer: ReturnType<typeof setTimeout>;
	const late = new Promise<null>((tell) => (timer = setTimeout(() => tell(null), wait)));
	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
