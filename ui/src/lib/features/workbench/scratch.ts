// Words that are being typed for a report and not yet sent, kept while one looks at another.

const typed = new Map<string, string>();

export function recall(report: string, field: string): string {
	return typed.get(`${report} ${field}`) ?? '';
}

export function keep(report: string, field: string, words: string): void {
	typed.set(`${report} ${field}`, words);
}

export function forget(report: string, field: string): void {
	typed.delete(`${report} ${field}`);
}
