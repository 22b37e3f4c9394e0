import type { ReportRow, Tone } from '#lib/bridge/index.ts';

export type Line = { kind: 'group'; tone: Tone; count: number } | { kind: 'row'; row: ReportRow };

const ORDER: Tone[] = ['bad', 'warn', 'ok', 'paused'];

/** The rows under a line for each kind of time left; the order inside stays the core's. */
export function grouped(rows: ReportRow[]): Line[] {
	return ORDER.flatMap((tone) => {
		const own = rows.filter((row) => (row.due?.tone ?? 'ok') === tone);
		if (own.length === 0) return [];
		const lines: Line[] = [{ kind: 'group', tone, count: own.length }];
		return lines.concat(own.map((row) => ({ kind: 'row', row })));
	});
}

/** The rows in the order of the screen, which J and K follow. */
export function ordered(rows: ReportRow[]): ReportRow[] {
	return grouped(rows).flatMap((line) => (line.kind === 'row' ? [line.row] : []));
}

/** The row `by` steps from the chosen one, staying inside the list. */
export function neighbour(rows: ReportRow[], chosen: string | null, by: number): string | null {
	if (rows.length === 0) return null;
	const at = rows.findIndex((row) => row.id === chosen);
	const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
	return rows[next]?.id ?? null;
}
