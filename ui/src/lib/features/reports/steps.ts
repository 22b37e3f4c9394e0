// The words of a timeline's steps.
import type { Millis, StepView, Words } from '#lib/bridge/index.ts';
import type { Key, Params } from '#lib/i18n/index.svelte.ts';
import { dayAndClock, dayNameAndClock, shortDay } from '#lib/i18n/time.ts';

type Say = (key: Key, params?: Params) => string;
type Read = (words: Words | null) => string;

// What the sender did reads otherwise for others.
const ofSender = ['submit', 'add_information', 'rate_done', 'rate_unresolved'];

export function stepTitle(step: StepView, mine: boolean, say: Say, read: Read): string {
	const other = !mine && ofSender.includes(step.code) ? '_other' : '';
	return say(`step.${step.code}${other}` as Key, {
		unit: read(step.unit_name),
		rating: step.rating ? say(`rating.${step.rating}`) : '',
	});
}

/** "08/10, 08:05 · chuyển UBND xã Tân Dương" */
export function stepText(step: StepView, now: Millis, say: Say, read: Read): string {
	const parts: string[] = [];
	if (step.waiting) parts.push(say('step.waiting'));
	else if (step.at !== null) {
		parts.push(
			step.phase === 'now' ? dayNameAndClock(step.at, now, say) : dayAndClock(step.at, now),
		);
	}
	if (step.to_unit_name) parts.push(say('step.to', { to: read(step.to_unit_name) }));
	if (step.photos > 0) parts.push(say('step.photos', { n: step.photos }));
	const due = step.code === 'await_intake' ? 'step.due_intake' : 'step.due';
	if (step.due_at !== null) parts.push(say(due, { day: shortDay(step.due_at, now) }));
	if (step.words) parts.push(step.words);
	if (step.code === 'await_rating') parts.push(say('step.await_rating_sub'));
	return parts.join(' · ');
}
