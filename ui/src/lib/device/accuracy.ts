// How far off a place may be, as people say it.

/** From here on a place alone no longer leads anybody to the spot. */
const WIDE = 200;

/** "12 m", "120 m", "1,5 km": as exact as is of use. */
export function distance(metres: number, language: 'vi' | 'en'): string {
	if (metres >= 1000) {
		const km = metres >= 10_000 ? Math.round(metres / 1000) : Math.round(metres / 100) / 10;
		return `${km.toLocaleString(language)} km`;
	}
	return `${metres >= 100 ? Math.round(metres / 10) * 10 : metres} m`;
}

/** Whether words are needed beside the place. */
export const isWide = (metres: number | null): boolean => metres !== null && metres >= WIDE;
