import type { CategoryView } from '#lib/bridge/index.ts';

/** As many as fit two rows of three on the smallest screen. */
const TILES = 6;

/** The categories drawn as tiles, and those behind "something else". */
export function offered(categories: CategoryView[]): {
	tiles: CategoryView[];
	rest: CategoryView[];
} {
	if (categories.length <= TILES) return { tiles: categories, rest: [] };
	const tiles = categories.filter((category) => category.common).slice(0, TILES - 1);
	return { tiles, rest: categories.filter((category) => !tiles.includes(category)) };
}
