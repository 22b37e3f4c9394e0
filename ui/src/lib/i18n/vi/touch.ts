// What is said where a finger opens something.
export const touch = {
	'draft.more': 'Việc khác với bản nháp',
	'draft.go_on': 'Viết tiếp',
	'draft.delete': 'Xóa bản nháp',
	'draft.sure': 'Chữ và ảnh của bản nháp sẽ mất hẳn khỏi máy này. Bản nháp chưa được gửi đi đâu.',
	'draft.delete_now': 'Xóa hẳn bản nháp',
};
