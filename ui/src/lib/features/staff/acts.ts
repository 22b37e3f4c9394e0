// Acts that the log can be filtered by, as the contract lists them.
import type { AuditAct } from '#lib/bridge/index.ts';

const words: Record<AuditAct, true> = {
	signed_in: true,
	sign_in_failed: true,
	signed_out: true,
	password_changed: true,
	factor_enrolled: true,
	factor_passed: true,
	factor_failed: true,
	recovery_used: true,
	factor_reset: true,
	account_added: true,
	roles_changed: true,
	account_locked: true,
	account_unlocked: true,
	password_reset: true,
	signed_out_everywhere: true,
	accounts_imported: true,
	card_checked: true,
	number_revealed: true,
	data_task_answered: true,
	national_checked: true,
	national_differed: true,
	person_erased: true,
	number_freed: true,
	unknown: true,
};

/** All acts that have words; a new one that has none fails the type check above. */
export const ACTS = (Object.keys(words) as AuditAct[]).filter((act) => act !== 'unknown');
