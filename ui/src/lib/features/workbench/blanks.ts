import type { CatalogueView } from '#lib/bridge/index.ts';

/** The blanks of all templates, such as "[ngày]"; what an official writes in brackets is none. */
function blanks(catalogue: Pick<CatalogueView, 'templates' | 'refusal_reasons'>): Set<string> {
	const texts = [...catalogue.templates, ...catalogue.refusal_reasons].map((one) => one.text.vi);
	return new Set(texts.flatMap((text) => text.match(/\[[^[\]\n]+\]/g) ?? []));
}

/** The first blank of a template that still stands in `words`, or nothing. */
export function unfilled(
	words: string,
	catalogue: Pick<CatalogueView, 'templates' | 'refusal_reasons'> | undefined,
): string | null {
	if (!catalogue) return null;
	const left = [...blanks(catalogue)].filter((blank) => words.includes(blank));
	left.sort((a, b) => words.indexOf(a) - words.indexOf(b));
	return left[0] ?? null;
}
