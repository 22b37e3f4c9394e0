// When and where somebody was checked, in words.
import type { CheckView } from '#lib/bridge/index.ts';
import { t, words } from '#lib/i18n/index.svelte.ts';
import { dayName } from '#lib/i18n/time.ts';

/** `hôm nay, tại UBND xã Tân Dương`. */
export function whenAndWhere(check: CheckView, now: number): string {
	const day = dayName(check.at, now, t);
	const unit = words(check.unit_name);
	return check.way === 'card' && unit
		? t('level.by_unit', { day, unit })
		: t('level.by_national', { day });
}
