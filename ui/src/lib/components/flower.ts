/** One petal of the mark, on a grid of 120 around the middle. */
export const PETAL =
	'M0 0C-3-12-26-20-24-41C-23-51-14-57-8-54C-5-57 5-57 8-54C14-57 23-51 24-41C26-20 3-12 0 0Z';
