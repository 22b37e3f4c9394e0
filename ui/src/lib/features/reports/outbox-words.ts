import type { NetworkState, OutboxItem, Words } from '#lib/bridge/index.ts';
import { t, tCode, type Key } from '#lib/i18n/index.svelte.ts';
import type { IconName } from '#lib/components/icon-names.ts';

export interface Chip {
	icon: IconName;
	tone: '' | 'info' | 'bad' | 'ok';
	words: string;
}

/** The one chip of an item: what it does, or why it waits. */
export function chip(item: OutboxItem, network: NetworkState): Chip {
	switch (item.state) {
		case 'needs_person':
			return { icon: 'triangle-alert', tone: 'bad', words: t('outbox.state.needs_person') };
		case 'sending':
			return { icon: 'arrow-up', tone: 'info', words: t('outbox.state.sending') };
		case 'sent':
		case 'settled':
			return { icon: 'circle-check', tone: 'ok', words: t('outbox.state.sent') };
		case 'queued': {
			const why = network === 'offline' ? 'offline' : (item.waiting_for ?? 'turn');
			return { icon: 'clock', tone: '', words: t(`outbox.state.${why}` as Key) };
		}
	}
}

/** What happened to an item that needs the person, and what is still intact. */
export function trouble(item: OutboxItem, who: (words: Words | null) => string): string {
	const problem = item.problem;
	if (!problem) return t('problem.unknown');
	return tCode('problem', problem.code, 'problem.unknown', {
		n: problem.photo_number ?? 1,
		good: problem.good_photos,
		who: who(problem.by) || t('conflict.somebody'),
	});
}

/** The page on which an item's report is shown to whoever made the item. */
export function pageOf(item: Pick<OutboxItem, 'kind' | 'report_id'>): string {
	switch (item.kind) {
		case 'report.submit':
		case 'report.add_information':
		case 'report.rate':
			return `/reports/${item.report_id}`;
		case 'consent.set':
			return '/me/consents';
		case 'report.assign':
		case 'report.ask':
		case 'report.refuse':
			return `/office/intake?report=${item.report_id}`;
		case 'report.approve':
		case 'report.return_answer':
			return `/office/approval/${item.report_id}`;
		default:
			return `/office/work/${item.report_id}`;
	}
}
