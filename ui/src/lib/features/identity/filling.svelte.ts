// A registration that is being filled in: what was typed, what the core says of it, and which
// fields somebody has left, since nothing is said of a field before.
import {
	registerCheck,
	type CardView,
	type FieldProblem,
	type RegisterCheck,
	type RegisterForm,
} from '#lib/bridge/index.ts';
import { t } from '#lib/i18n/index.svelte.ts';
import { dayTyped } from './digits';
import { FIELDS, ofDigits, said, type Field } from './problems';

/** Which version of the words of consent is shown; a new version gets a new name. */
const WORDING = '2026-11';

export const PURPOSES = ['account', 'contact'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Without the consent that an account needs there is none at all, and the core asks for it. */
function consents(agreed: readonly Purpose[]): RegisterForm['consents'] {
	if (!agreed.includes('account')) return [];
	return agreed.map((purpose) => ({ purpose, wording: WORDING }));
}

const nobody: RegisterCheck = {
	problems: [],
	warnings: [],
	age: null,
	representative_needed: false,
};

export function filling() {
	const typed = {
		citizen_id: '',
		full_name: '',
		birth_date: '',
		phone: '',
		home_unit: '',
		representative_phone: '',
	};
	let sex: RegisterForm['sex'] = null;
	let agreed: Purpose[] = $state([]);
	let check = $state.raw(nobody);
	let left = $state.raw<readonly Field[]>([]);
	let card = $state.raw<CardView | null>(null);
	let newest = 0;
	let pressing = false;
	let waiting: Field[] = [];

	function form(): RegisterForm {
		return {
			citizen_id: typed.citizen_id,
			full_name: typed.full_name,
			birth_date: dayTyped(typed.birth_date),
			sex,
			phone: typed.phone,
			home_unit: typed.home_unit || null,
			representative_phone: typed.representative_phone.trim() || null,
			consents: consents(agreed),
		};
	}

	/** Asks the core; an answer to an older question is dropped. */
	async function look(): Promise<RegisterCheck> {
		const mine = ++newest;
		const answer = await registerCheck(form());
		if (mine === newest) check = answer;
		return answer;
	}

	/** As it is typed: what was already said is looked at again. */
	function heard(): void {
		if (left.length > 0) look().catch(() => undefined);
	}

	function leave(fields: Field[]): void {
		left = [...left, ...fields];
		look().catch(() => undefined);
	}

	return {
		typed,
		form,
		heard,
		/** A finger or button is down: a sentence that came now would push its target away. */
		press(down: boolean): void {
			pressing = down;
			if (down || waiting.length === 0) return;
			const fields = waiting;
			waiting = [];
			// After the click that this press becomes.
			setTimeout(() => leave(fields));
		},
		get card() {
			return card;
		},
		get agreed(): readonly Purpose[] {
			return agreed;
		},
		get representativeNeeded() {
			return check.representative_needed;
		},
		/** What is odd about the number; after a scan also what the card lacked. */
		get odd() {
			const now = check.warnings.filter((warning) => ofDigits.includes(warning));
			const then = card?.warnings.filter((warning) => !ofDigits.includes(warning)) ?? [];
			return [...now, ...then];
		},
		agree(purpose: Purpose, yes: boolean): void {
			agreed = yes ? [...agreed, purpose] : agreed.filter((other) => other !== purpose);
			heard();
		},
		leave(field: Field): void {
			if (pressing) waiting = [...waiting, field];
			else leave([field]);
		},
		/** The sentence under a field that was left. */
		bad(field: Field): string {
			const problem = check.problems.find((each) => each.field === field);
			return problem && left.includes(field) ? t(...said(problem)) : '';
		},
		fine(field: Field): boolean {
			return left.includes(field) && !check.problems.some((each) => each.field === field);
		},
		/** What a card says replaces what was typed; its own fields count as left. */
		take(next: CardView): void {
			card = next;
			sex = next.sex;
			if (next.citizen_id) typed.citizen_id = next.citizen_id;
			if (next.full_name) typed.full_name = next.full_name;
			typed.birth_date = next.birth_date ?? '';
			leave(['citizen_id', 'full_name', 'birth_date']);
		},
		/** Problems that came with the core's refusal. */
		refuse(problems: FieldProblem[]): void {
			left = FIELDS;
			check = { ...check, problems };
		},
		/** Everything counts now; the problems in the order of the screen. */
		async ready(): Promise<FieldProblem[]> {
			left = FIELDS;
			const { problems } = await look();
			return [...problems].sort((a, b) => FIELDS.indexOf(a.field) - FIELDS.indexOf(b.field));
		},
	};
}

export type Filling = ReturnType<typeof filling>;
