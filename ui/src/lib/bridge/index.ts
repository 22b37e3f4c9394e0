// The one door between window and core. A function here is one command of the shell; its
// argument is one JSON object and its answer a view. No rule lives on this side.
import {
	call,
	callRaw,
	callTelling,
	hear,
	hearBack,
	leave,
	photoUrl as transportPhotoUrl,
} from '$transport';
import type * as V from './views';

export type * from './views';

const ask = <T>(command: string, args: Record<string, unknown> = {}) =>
	call(command, args) as Promise<T>;

// identity
export const sessionView = () => ask<V.SessionView>('session_view');
export const signIn = (citizenId: string, password: string) =>
	ask<V.SignInView>('sign_in', { citizenId, password });
export const signInFinish = (code: string) => ask<V.SessionView>('sign_in_finish', { code });
export const resetStart = (citizenId: string, phone: string) =>
	ask<V.ChallengeView>('reset_start', { citizenId, phone });
export const resetFinish = (code: string, password: string) =>
	ask<V.SessionView>('reset_finish', { code, password });
export const usePassphrase = (passphrase: string) =>
	ask<V.SessionView>('use_passphrase', { passphrase });
export const keyStoreRetry = () => ask<V.SessionView>('key_store_retry');
export const signOut = () => ask<V.SessionView>('sign_out');

// what the device can do and what it brought
export const deviceView = () => ask<V.DeviceView>('device_view');
/** The link that was opened outside, once there is somebody who may follow it. */
export const linkTake = () => ask<V.LinkView | null>('link_take');
/** Asks the person, by the system's own question, whether it may show notices. */
export const noticesAllow = () => ask<boolean>('notices_allow');
/** The code of a card, as the device's own scanner read it. */
export const readCard = (text: string) => ask<V.CardView>('read_card', { text });

// registering: the bytes of a card's picture go to the core and are kept nowhere
export const scanCard = (bytes: Uint8Array) =>
	callRaw('scan_card', bytes, {}) as Promise<V.CardView>;
export const registerCheck = (form: V.RegisterForm) =>
	ask<V.RegisterCheck>('register_check', { form });
export const registerStart = (form: V.RegisterForm) =>
	ask<V.RegisterStartView>('register_start', { form });
export const registerFinish = (code: string, password: string) =>
	ask<V.SessionView>('register_finish', { code, password });

// the code that is waited for
export const challengeView = () => ask<V.ChallengeView | null>('challenge_view');
export const challengeResend = () => ask<V.ChallengeView>('challenge_resend');
export const challengeDrop = () => ask<null>('challenge_drop');

// the lock of the app
export const pinCheck = (pin: string) => ask<V.PinCheck>('pin_check', { pin });
export const lockSet = (pin: string, current: string | null) =>
	ask<V.SessionView>('lock_set', { pin, current });
export const lockRemove = (pin: string) => ask<V.SessionView>('lock_remove', { pin });
export const lockOpen = (pin: string) => ask<V.SessionView>('lock_open', { pin });
export const lockAfter = (minutes: number) => ask<V.SessionView>('lock_after', { minutes });
export const lockNow = () => ask<V.SessionView>('lock_now');
/** Somebody touches the window; keeps the lock away. */
export const personActive = () => ask<null>('person_active');

// the account's phone, and a child's representative
export const contactView = () => ask<V.ContactView>('contact_view');
export const phoneChangeStart = (phone: string, password: string) =>
	ask<V.ChallengeView>('phone_change_start', { phone, password });
export const phoneChangeFinish = (code: string) =>
	ask<V.ContactView>('phone_change_finish', { code });
/** Without a phone the code goes to the one that was declared. */
export const representativeStart = (phone: string | null) =>
	ask<V.ChallengeView>('representative_start', { phone });
export const representativeFinish = (code: string, wording: string) =>
	ask<V.ContactView>('representative_finish', { code, wording });
export const representativeWithdraw = () => ask<V.ContactView>('representative_withdraw');

// devices
export const devices = () => ask<V.DevicesView>('devices');
export const deviceCutOff = (id: string) => ask<V.DevicesView>('device_cut_off', { id });
export const devicesSeen = () => ask<null>('devices_seen');

// levels of identity
export const verifyView = () => ask<V.VerifyView>('verify_view');
export const cardCheck = (
	citizenId: string,
	fullName: string,
	phoneDigits: string | null,
	place: string | null,
) => ask<V.CardCheckView>('card_check', { citizenId, fullName, phoneDigits, place });
export const cardFree = (citizenId: string, fullName: string, phoneDigits: string | null) =>
	ask<V.CardCheckView>('card_free', { citizenId, fullName, phoneDigits });
/** Answers once the browser came back. */
export const nationalCheck = () => ask<V.CheckView>('national_check');
export const nationalDrop = () => ask<null>('national_drop');

// what is kept of the person
export const myData = () => ask<V.MyDataView>('my_data');
export const consentSet = (purpose: string, given: boolean) =>
	ask<V.MyDataView>('consent_set', { purpose, given });
export const homeUnitSet = (unit: string | null) => ask<null>('home_unit_set', { unit });
export const dataAsk = (wish: V.DataWish) => ask<null>('data_ask', { wish });
export const dataTakeBack = (id: string) => ask<null>('data_take_back', { id });
/** Fetches a copy of everything and saves it; tells where. */
export const dataExport = () => ask<V.ExportView>('data_export');
export const exportProgress = () => ask<V.ExportProgress>('export_progress');
/** Removes an erased account from this device. */
export const accountForget = () => ask<V.SessionView>('account_forget');

// the office's tasks about people's data
export const dataTasks = () => ask<V.DataTasksView>('data_tasks');
export const dataAnswer = (id: string, done: boolean, words: string) =>
	ask<null>('data_answer', { id, done, words });

// what the locality decides
export const catalogue = () => ask<V.CatalogueView>('catalogue');

// drafts
export const draftNew = () => ask<V.DraftView>('draft_new');
export const draftGet = (id: string) => ask<V.DraftView>('draft_get', { id });
export const draftSave = (id: string, patch: V.DraftPatch) =>
	ask<V.DraftView>('draft_save', { id, patch });
export const draftDelete = (id: string) => ask<null>('draft_delete', { id });
/**
 * The bytes travel as the raw body of the call, the draft's id as a header. When and where
 * the photo was taken goes along only if the person agreed.
 */
export const draftAddPhoto = (id: string, bytes: Uint8Array, agreed: boolean) =>
	callRaw('draft_add_photo', bytes, {
		'draft-id': id,
		...(agreed ? { 'photo-agreed': 'time place' } : {}),
	}) as Promise<V.DraftView>;
export const draftRemovePhoto = (id: string, photoId: string) =>
	ask<V.DraftView>('draft_remove_photo', { id, photoId });
export const draftSubmit = (id: string) => ask<V.SubmitView>('draft_submit', { id });

// outbox
export const outboxView = () => ask<V.OutboxView>('outbox_view');
export const outboxRecall = (commandId: string) =>
	ask<V.DraftView | null>('outbox_recall', { commandId });
export const outboxDelete = (commandId: string) => ask<null>('outbox_delete', { commandId });
export const outboxRetry = () => ask<null>('outbox_retry');
export const outboxDropPhoto = (commandId: string, attachmentId: string) =>
	ask<null>('outbox_drop_photo', { commandId, attachmentId });

/** Outboxes of earlier days that could not be read; nothing of them was deleted. */
export const setAside = () => ask<V.SetAsideView[]>('set_aside');

// reports
export const homeView = () => ask<V.HomeView>('home_view');
export const reportsMine = (tab: V.ReportsTab) => ask<V.ReportsView>('reports_mine', { tab });
export const reportView = (id: string) => ask<V.ReportView>('report_view', { id });
export const act = (reportId: string, what: V.Act) =>
	ask<V.ActView>('act', { reportId, act: what });
/** The draft that keeps the words and photos of an answer, or of added information. */
export const actDraft = (reportId: string, kind: V.ActDraftKind) =>
	ask<V.DraftView>('act_draft', { reportId, kind });

// workbench
export const queuePage = (filter: V.QueueFilter, after: string | null) =>
	ask<V.QueuePage>('queue_page', { filter, after });
export const unitWork = (filter: V.WorkFilter) => ask<V.WorkView>('unit_work', { filter });

// duties of staff
export const passwordCheck = (password: string) =>
	ask<V.Weakness[]>('password_check', { password });
export const passwordChange = (current: string, newPassword: string) =>
	ask<V.SessionView>('password_change', { current, new: newPassword });
export const factorBegin = () => ask<V.FactorView>('factor_begin');
export const factorConfirm = (code: string) => ask<string[]>('factor_confirm', { code });
export const factorDone = () => ask<V.SessionView>('factor_done');

// accounts of staff
export const staffList = (words: string, unitId: string | null, skip: number) =>
	ask<V.StaffView>('staff_list', { words, unitId, skip });
export const staffAdd = (form: V.AddStaff) => ask<V.StaffAdded>('staff_add', { form });
export const staffAct = (account: string, act: V.StaffAct) =>
	ask<V.StaffActed>('staff_act', { account, act });
export const staffImport = (text: string, preview: boolean) =>
	ask<V.ImportView>('staff_import', { text, preview });
export const auditList = (filter: V.AuditFilter, before: number | null) =>
	ask<V.AuditView>('audit_list', { filter, before });

// settings of this device
export const settingsGet = () => ask<V.SettingsView>('settings_get');
export const settingsSet = (settings: V.SettingsView) =>
	ask<V.SettingsView>('settings_set', { settings });
/** How much larger than usual the system wants text. */
export const textFactor = () => ask<number>('text_factor');

// newer versions of the app itself; a phone's store has them instead
export const updateFind = () => ask<{ current: string; newer: string | null }>('update_find');
/** Tells whole percents; a success ends with the app beginning anew. */
export const updateInstall = (heard: (percent: number) => void) =>
	callTelling('update_install', 'percent', heard);

/** Runs `heard` on each of the events; returns what ends the hearing. */
export function onEvents(events: V.CoreEvent[], heard: () => void): () => void {
	let ended = false;
	const ends: (() => void)[] = [];
	for (const event of events) {
		void hear(event, heard).then((end) => {
			if (ended) end();
			else ends.push(end);
		});
	}
	return () => {
		ended = true;
		for (const end of ends) end();
	};
}

/** Runs `back` at the phone's back button, and leaves the app if that had nothing to do. */
export function onBackButton(back: () => boolean): () => void {
	const heard = hearBack(() => {
		if (!back()) leave();
	});
	return () => void heard.then((end) => end());
}

/** Address of a photo, for an <img>. */
export const photoUrl = (attachmentId: string, variant: 'thumb' | 'display') =>
	transportPhotoUrl(attachmentId, variant);

/** What a command threw. */
export function thrownBy(error: unknown): V.CoreError {
	if (typeof error === 'object' && error !== null && 'code' in error) {
		return { ...error, code: String(error.code) };
	}
	return { code: 'unknown' };
}

/** The stable code of what a command threw. */
export const codeOf = (error: unknown): string => thrownBy(error).code;
