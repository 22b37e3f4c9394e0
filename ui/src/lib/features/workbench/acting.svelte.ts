// One act of an official: pressed once, answered with what misses or with a queued command.
import { act, codeOf, type Act, type ActView, type CatalogueView } from '#lib/bridge/index.ts';
import { errorText } from '#lib/i18n/errors.ts';
import { t } from '#lib/i18n/index.svelte.ts';
import { unfilled } from './blanks';

export type Missing = ActView['missing'];

export interface Acting {
	readonly busy: boolean;
	readonly problem: string;
	readonly missing: Missing;
	/** True once the command is safely queued. Words with a blank of a template are not sent. */
	run(reportId: string, what: Act, templates?: CatalogueView): Promise<boolean>;
}

export function acting(): Acting {
	let busy = $state(false);
	let problem = $state('');
	let missing = $state.raw<Missing>([]);

	return {
		get busy() {
			return busy;
		},
		get problem() {
			return problem;
		},
		get missing() {
			return missing;
		},
		async run(reportId, what, templates) {
			if (busy) return false;
			const blank = 'words' in what ? unfilled(what.words, templates) : null;
			if (blank !== null) {
				problem = t('act.blank', { blank });
				return false;
			}
			busy = true;
			problem = '';
			try {
				const answer = await act(reportId, what);
				missing = answer.missing;
				return answer.command_id !== null;
			} catch (thrown) {
				problem = errorText(codeOf(thrown));
				return false;
			} finally {
				busy = false;
			}
		},
	};
}
