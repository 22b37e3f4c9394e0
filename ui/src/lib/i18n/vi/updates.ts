// What people read about newer versions of the app, in Vietnamese. English has the same keys by type.
export const updates = {
	'update.version': 'Phiên bản',
	'update.newest': '{version} · bản đang dùng',
	'update.newer': 'Có bản mới {version}',
	'update.keeps': 'Phản ánh, bản nháp và tin chưa gửi đều được giữ. Ứng dụng sẽ tự mở lại.',
	'update.install': 'Cập nhật',
	'update.fetching': 'Đang tải bản mới… {percent}%',
	'update.busy': 'Đang cài đặt…',
	'update.not_fetched':
		'Chưa tải được bản mới. Bản đang dùng vẫn chạy như cũ; thử lại khi mạng tốt hơn.',
	'update.not_installed':
		'Bản mới không đúng chữ ký hoặc không cài được nên đã bị bỏ. Bản đang dùng vẫn chạy như cũ; báo cho người quản trị.',
};
