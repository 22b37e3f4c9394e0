// The shapes that the core hands to the window. Times are milliseconds since 1970 (UTC);
// states, reasons and tones are codes that i18n puts into words. Names and texts that a
// locality decides arrive as words in both languages.

import type { LocalisedText } from '../../contract/LocalisedText';
import type { Rating } from '../../contract/Rating';
import type { ReportState } from '../../contract/ReportState';
import type { Urgency } from '../../contract/Urgency';

export type { Urgency };

export type Millis = number;

/** A text that the locality's profile holds in both languages. */
export type Words = LocalisedText;

export type NetworkState = 'online' | 'weak' | 'offline';
export type Role = 'citizen' | 'intake' | 'handler' | 'approver';

export interface NetworkView {
	state: NetworkState;
	/** When the core last heard from its backend; null if it never did. */
	last_sync_at: Millis | null;
}

export interface RoleView {
	role: Role;
	unit_id: string | null;
	unit_name: Words | null;
}

export interface AccountView {
	id: string;
	display_name: string;
	/** "••• ••• ••• 012"; the whole number never reaches the window. */
	masked_number: string;
	home_unit_name: Words | null;
	roles: RoleView[];
}

/** A place of the left rail, present only when a role of the account may use it. */
export interface NavItem {
	code: 'intake' | 'work' | 'approval';
	count: number | null;
}

export interface SessionView {
	now: Millis;
	/** True in a trial instance: the hatched strip is shown above everything. */
	demo: boolean;
	app_name: string;
	body_name: Words;
	/** Chooses the block of colours in tokens.css; "" for the first locality. */
	tenant: string;
	network: NetworkView;
	account: AccountView | null;
	/** False when the key of the store is kept for this session only. */
	key_kept: boolean;
	/** Nothing here can be read before a passphrase is entered. */
	passphrase_needed: boolean;
	/** An outbox that could not be read was set aside under this name; nothing was deleted. */
	set_aside: string | null;
	/** True when the backend wants a new sign-in; everything stays in place meanwhile. */
	sign_in_again: boolean;
	nav: NavItem[];
	outbox_count: number;
	needs_person_count: number;
	/** Reports that wait for an answer of this person. */
	questions_count: number;
}

/** Where a report stands; `waiting` while its command is still in this device's outbox. */
export type Status = 'waiting' | ReportState;

export type Tone = 'ok' | 'warn' | 'bad' | 'paused';

/** Time left of a period, counted by the core in working time. */
export interface DueView {
	tone: Tone;
	at: Millis;
	/** Whole minutes of working time, negative once the period is over. */
	left_minutes: number;
	/** Minutes of one working day, to speak of days. */
	day_minutes: number;
	/** Share of the period used, in percent, at most 100. */
	used_percent: number;
}

export interface ReportRow {
	/** The report's id, or the id of the command that will make it. */
	id: string;
	number: string | null;
	title: string;
	status: Status;
	unit_name: Words | null;
	category_name: Words;
	place: string;
	sent_at: Millis;
	due: DueView | null;
	question: string | null;
	unread: boolean;
}

export interface AlertRow {
	id: string;
	level: 1 | 2 | 3 | 4 | 5;
	headline: Words;
	when_where: Words;
}

export interface HomeView {
	now: Millis;
	network: NetworkView;
	alerts: AlertRow[];
	waiting_count: number;
	needs_person_count: number;
	draft: DraftRow | null;
	/** The few most recent; `total` counts all. */
	reports: ReportRow[];
	total: number;
	/** Age of what is shown, when there is no network. */
	cached_at: Millis | null;
}

export interface DraftRow {
	id: string;
	title: string;
	saved_at: Millis;
}

export interface CategoryView {
	id: string;
	name: Words;
	icon: string;
	/** Shown in the grid of six; the others stand in the list of all. */
	common: boolean;
}

export interface UnitView {
	id: string;
	name: Words;
	kind: 'commune' | 'department';
}

export interface ReasonView {
	code: string;
	words: Words;
	/** The text offered to the official, who may change it. */
	text: Words;
}

export interface TemplateView {
	id: string;
	kind: 'ask' | 'answer';
	name: Words;
	text: Words;
}

export interface CatalogueView {
	categories: CategoryView[];
	units: UnitView[];
	refusal_reasons: ReasonView[];
	templates: TemplateView[];
	max_photos: number;
	max_text: number;
}

export interface PhotoView {
	attachment_id: string;
	role: 'evidence' | 'after';
	taken_at: Millis | null;
	/** False while the bytes are still on their way to this device. */
	available: boolean;
}

/** Coordinates are integers of 1e-7 degree. */
export interface PlaceInput {
	lat_e7: number | null;
	lon_e7: number | null;
	accuracy_m: number | null;
	unit_id: string | null;
	words: string;
}

export interface PlaceView extends PlaceInput {
	unit_name: Words | null;
}

export interface DraftView {
	id: string;
	now: Millis;
	saved_at: Millis | null;
	network: NetworkView;
	category_id: string | null;
	text: string;
	place: PlaceView;
	public: boolean;
	photos: PhotoView[];
}

export interface DraftPatch {
	category_id?: string | null;
	text?: string;
	place?: PlaceInput;
	public?: boolean;
}

export type DraftField = 'category' | 'text' | 'place' | 'photos';

/** What pressing send answers: either the fields that miss something, or the queued command. */
export interface SubmitView {
	missing: DraftField[];
	command_id: string | null;
}

export type OutboxState = 'queued' | 'sending' | 'sent' | 'settled' | 'needs_person';
export type CommandKind =
	| 'report.submit'
	| 'report.add_information'
	| 'report.rate'
	| 'report.ask'
	| 'report.assign'
	| 'report.start'
	| 'report.pass_back'
	| 'report.note'
	| 'report.answer'
	| 'report.approve'
	| 'report.return_answer'
	| 'report.refuse';

/** Why an item waits: its turn, a network, a later try, a sign-in or a newer app. */
export type WaitCode = 'turn' | 'offline' | 'later' | 'login' | 'update';

/** A final refusal or an attachment that cannot be read, as the core names it. */
export interface ProblemView {
	/** A stable code such as `revision-conflict` or `attachment-unreadable`. */
	code: string;
	/** Who changed the report in between, for a conflict. */
	by: Words | null;
	at: Millis | null;
	/** Position of the photo that is meant, from 1. */
	photo_number: number | null;
	attachment_id: string | null;
	/** How many photos are still good. */
	good_photos: number;
}

export interface OutboxItem {
	command_id: string;
	kind: CommandKind;
	report_id: string | null;
	report_number: string | null;
	title: string;
	state: OutboxState;
	waiting_for: WaitCode | null;
	/** When the next try is due, for `later`. */
	retry_at: Millis | null;
	created_at: Millis;
	sent_at: Millis | null;
	/** From the receipt: when it arrived, and by when the office takes it in. */
	received_at: Millis | null;
	first_deadline: Millis | null;
	size_bytes: number;
	photos_total: number;
	photos_sent: number;
	/** Progress of all bytes in percent. */
	percent: number;
	text_sent: boolean;
	problem: ProblemView | null;
	can_recall: boolean;
	can_delete: boolean;
}

export interface OutboxView {
	now: Millis;
	network: NetworkView;
	/** In lane order; settled ones are left out, just sent ones stand last. */
	items: OutboxItem[];
	size_bytes: number;
}

export type ReportsTab = 'open' | 'done';

export interface ReportsView {
	now: Millis;
	network: NetworkView;
	open_count: number;
	done_count: number;
	waiting_count: number;
	sending_photo: { number: number; total: number } | null;
	rows: ReportRow[];
	cached_at: Millis | null;
}

/** An act that happened, or what the report waits for. */
export type StepCode =
	| 'submit'
	| 'add_information'
	| 'rate_done'
	| 'rate_unresolved'
	| 'ask'
	| 'assign'
	| 'start'
	| 'pass_back'
	| 'answer'
	| 'approve'
	| 'return_answer'
	| 'refuse'
	| 'await_rating'
	| 'await_information'
	| 'await_intake'
	| 'await_answer';

export interface StepView {
	code: StepCode;
	phase: 'past' | 'now' | 'next';
	at: Millis | null;
	unit_name: Words | null;
	/** The unit that a step passes the report to. */
	to_unit_name: Words | null;
	photos: number;
	due_at: Millis | null;
	rating: RatingCode | null;
	/** True while the step still waits in this device's outbox. */
	waiting: boolean;
	words: string | null;
}

export type RatingCode = Rating;

export interface AnswerView {
	unit_name: Words;
	at: Millis;
	/** Days before the deadline (positive) or after it (negative). */
	early_days: number;
	text: string;
	signed_by: string | null;
	before: PhotoView | null;
	after: PhotoView | null;
	approved: boolean;
}

export interface NoteView {
	id: string;
	by: string;
	at: Millis;
	text: string;
	waiting: boolean;
}

export interface SenderView {
	display_name: string;
	masked_number: string;
}

/** An act that the core offers on a report right now. */
export type ActCode =
	| 'add_information'
	| 'rate'
	| 'ask'
	| 'assign'
	| 'start'
	| 'pass_back'
	| 'note'
	| 'answer'
	| 'approve'
	| 'return_answer'
	| 'refuse';

export interface SuggestionView {
	unit_id: string;
	name: Words;
	why: 'own_area' | 'category';
	/** How many reports it has open; null where this device cannot know. */
	open_count: number | null;
}

export interface ConflictView {
	command_id: string;
	act: ActCode;
	by: Words | null;
	at: Millis | null;
}

export interface ReportView {
	id: string;
	now: Millis;
	network: NetworkView;
	number: string | null;
	title: string;
	text: string;
	status: Status;
	category_name: Words;
	place: PlaceView;
	unit_name: Words | null;
	public: boolean;
	sent_at: Millis;
	due: DueView | null;
	/** Present only for those who may know. */
	sender: SenderView | null;
	/** True for whoever sent it. */
	mine: boolean;
	home_unit_name: Words | null;
	photos: PhotoView[];
	steps: StepView[];
	question: { text: string; by: Words; at: Millis; open: boolean } | null;
	refusal: { words: Words; text: string } | null;
	answer: AnswerView | null;
	/** Why an approver sent an answer back, until a new one is handed in. */
	returned: { by: string; at: Millis; text: string } | null;
	rating: RatingCode | null;
	notes: NoteView[];
	acts: ActCode[];
	suggestions: SuggestionView[];
	urgency: Urgency;
	/** By when each urgency would have the answer, if it were assigned now. */
	answer_due: Partial<Record<Urgency, Millis>>;
	/** An own act that met a change of somebody else. */
	conflict: ConflictView | null;
}

export type Act =
	| { kind: 'rate'; rating: RatingCode; words: string }
	| { kind: 'add_information'; words: string; draft_id: string | null }
	| { kind: 'assign'; unit_id: string; urgency: Urgency; note: string }
	| { kind: 'ask'; words: string }
	| { kind: 'start' }
	| { kind: 'pass_back'; words: string }
	| { kind: 'answer'; words: string; draft_id: string | null }
	| { kind: 'approve' }
	| { kind: 'return_answer'; words: string }
	| { kind: 'refuse'; reason: string; words: string }
	| { kind: 'note'; words: string };

/** What an act answers: the queued command, or the fields that miss something. */
export interface ActView {
	missing: ('unit' | 'text' | 'reason' | 'photo' | 'rating')[];
	command_id: string | null;
}

export interface QueueFilter {
	view: 'to_do' | 'overdue' | 'awaiting_citizen';
	unit_id: string | null;
	category_id: string | null;
	words: string;
}

export interface QueuePage {
	now: Millis;
	network: NetworkView;
	rows: ReportRow[];
	/** Hand back to get the rows after these; null at the end. */
	next: string | null;
	counts: { to_do: number; overdue: number; awaiting_citizen: number };
	/** Set when this page is an old one kept on the device. */
	cached_at: Millis | null;
}

export interface WorkFilter {
	view: 'work' | 'approval';
	words: string;
}

export interface WorkView {
	now: Millis;
	network: NetworkView;
	rows: ReportRow[];
}

export type TextSize = 'normal' | 'large' | 'xlarge';
export type Theme = 'system' | 'light' | 'dark';
export type Language = 'vi' | 'en';

export interface SettingsView {
	language: Language;
	text_size: TextSize;
	theme: Theme;
	shortcuts: boolean;
}

/** What the core throws: a stable code that i18n puts into words. */
export interface CoreError {
	code: string;
}
