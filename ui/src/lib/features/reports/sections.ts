import type { ReportRow } from '#lib/bridge/index.ts';
import type { Key } from '#lib/i18n/index.svelte.ts';

export interface Section {
	key: Key;
	rows: ReportRow[];
}

const finished = ['answered', 'closed', 'refused'];

/** What waits for the person first, then what offices have, then what is done. */
export function sections(rows: ReportRow[]): Section[] {
	const parts: Section[] = [
		{ key: 'reports.need_you', rows: rows.filter((row) => row.status === 'needs_information') },
		{
			key: 'reports.working',
			rows: rows.filter(
				(row) => row.status !== 'needs_information' && !finished.includes(row.status),
			),
		},
		{ key: 'reports.finished', rows: rows.filter((row) => finished.includes(row.status)) },
	];
	return parts.filter((part) => part.rows.length > 0);
}
