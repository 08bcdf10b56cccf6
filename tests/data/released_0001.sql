BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attachments (
	id VARCHAR(40) NOT NULL, 
	person_id INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	media_type VARCHAR(40) NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	size INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	created_at DATETIME NOT NULL, 
	erased_at DATETIME, 
	CONSTRAINT pk_attachments PRIMARY KEY (id), 
	CONSTRAINT fk_attachments_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "attachments" VALUES('p1',1,'','image/jpeg',800,600,1000,'0000000000000000000000000000000000000000000000000000000000000000','2026-11-17 11:03:12.063524',NULL);
CREATE TABLE audit (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor_id INTEGER NOT NULL, 
	action VARCHAR(40) NOT NULL, 
	object VARCHAR(80) NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT uq_audit_hash UNIQUE (hash)
);
CREATE TABLE callbacks (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	conversation_id INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	reason TEXT NOT NULL, 
	due_at DATETIME NOT NULL, 
	taken_by INTEGER, 
	closed_at DATETIME, 
	outcome VARCHAR(16) DEFAULT '' NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT fk_callbacks_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE TABLE channel_addresses (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel VARCHAR(20) NOT NULL, 
	account VARCHAR(60) NOT NULL, 
	external_id VARCHAR(128) NOT NULL, 
	person_id INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	state VARCHAR(16) DEFAULT 'active' NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT fk_channel_addresses_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT uq_channel_addresses_channel_account_external_id UNIQUE (channel, account, external_id)
);
CREATE TABLE community_versions (
	hash VARCHAR(64) NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	content JSON NOT NULL, 
	valid_from DATETIME NOT NULL, 
	CONSTRAINT pk_community_versions PRIMARY KEY (hash)
);
CREATE TABLE consents (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	version VARCHAR(40) NOT NULL, 
	given_at DATETIME NOT NULL, 
	withdrawn_at DATETIME, 
	CONSTRAINT fk_consents_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE TABLE conversations (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	account VARCHAR(60) NOT NULL, 
	sender_key VARCHAR(40) NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	next_seq INTEGER DEFAULT '1' NOT NULL, 
	last_read_seq INTEGER DEFAULT '0' NOT NULL, 
	lease_owner VARCHAR(60), 
	lease_until FLOAT DEFAULT '0' NOT NULL, 
	lease_token INTEGER DEFAULT '0' NOT NULL, 
	awaiting JSON, 
	focus_ticket_id INTEGER, 
	focus_at DATETIME, 
	created_at DATETIME NOT NULL, 
	last_in_at DATETIME NOT NULL, 
	CONSTRAINT fk_conversations_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT uq_conversations_person_id_channel_account UNIQUE (person_id, channel, account), 
	CONSTRAINT uq_conversations_sender_key UNIQUE (sender_key)
);
INSERT INTO "conversations" VALUES(1,1,'webchat','main','sender-1','RT/LJ',1,0,NULL,0.0,0,NULL,NULL,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524');
INSERT INTO "conversations" VALUES(2,2,'webchat','main','sender-2','RT/LJ',1,0,NULL,0.0,0,NULL,NULL,NULL,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524');
INSERT INTO "conversations" VALUES(3,3,'webchat','main','sender-3','RT/LJ',1,0,NULL,0.0,0,NULL,NULL,NULL,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524');
CREATE TABLE day_counters (
	day VARCHAR(10) NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_day_counters PRIMARY KEY (day)
);
INSERT INTO "day_counters" VALUES('2026-11-17','',6);
CREATE TABLE drafts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	conversation_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	body JSON NOT NULL, 
	ticket_id INTEGER, 
	begun_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	nudged_at DATETIME, 
	CONSTRAINT fk_drafts_conversation_id_conversations FOREIGN KEY(conversation_id) REFERENCES conversations (id), 
	CONSTRAINT fk_drafts_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "drafts" VALUES(1,3,3,'BL-45','submitted','{"text": "\u6276\u624b\u677e\u4e86", "batch": "", "summary": "\u6276\u624b\u677e\u4e86", "leaves": [], "category": "BLD01", "location": {"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}, "candidates": [], "photos": [], "anonymous": false, "when": "", "language": "", "asked": 0, "asking": null, "danger_asked": true, "likeness_asked": true, "alike": null, "offered_again": false, "vector": [], "cause": ""}',NULL,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524',NULL);
INSERT INTO "drafts" VALUES(2,3,3,'BL-45','submitted','{"text": "\u697c\u4e0a\u5531\u6b4c", "batch": "", "summary": "\u697c\u4e0a\u5531\u6b4c", "leaves": [], "category": "NOI01", "location": {"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}, "candidates": [], "photos": [], "anonymous": false, "when": "", "language": "", "asked": 0, "asking": null, "danger_asked": true, "likeness_asked": true, "alike": null, "offered_again": false, "vector": [], "cause": ""}',NULL,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524',NULL);
INSERT INTO "drafts" VALUES(3,3,3,'BL-45','submitted','{"text": "\u706f\u574f\u4e86", "batch": "", "summary": "\u706f\u574f\u4e86", "leaves": [], "category": "BLD04", "location": {"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}, "candidates": [], "photos": [], "anonymous": false, "when": "", "language": "", "asked": 0, "asking": null, "danger_asked": true, "likeness_asked": true, "alike": null, "offered_again": false, "vector": [], "cause": ""}',NULL,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524',NULL);
INSERT INTO "drafts" VALUES(4,3,3,'BL-45','submitted','{"text": "\u53c8\u5531", "batch": "", "summary": "\u53c8\u5531", "leaves": [], "category": "NOI01", "location": {"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}, "candidates": [], "photos": [], "anonymous": false, "when": "", "language": "", "asked": 0, "asking": null, "danger_asked": true, "likeness_asked": true, "alike": null, "offered_again": false, "vector": [], "cause": ""}',NULL,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524',NULL);
INSERT INTO "drafts" VALUES(5,3,3,'BL-45','submitted','{"text": "\u6742\u7269", "batch": "", "summary": "\u6742\u7269", "leaves": [], "category": "SAN02", "location": {"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}, "candidates": [], "photos": [], "anonymous": false, "when": "", "language": "", "asked": 0, "asking": null, "danger_asked": true, "likeness_asked": true, "alike": null, "offered_again": false, "vector": [], "cause": ""}',NULL,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524',NULL);
CREATE TABLE effects (
	cause VARCHAR(120) NOT NULL, 
	step VARCHAR(40) NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	command VARCHAR(60) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_effects PRIMARY KEY (cause, step)
);
INSERT INTO "effects" VALUES('test:5','turn','RT/LJ','SubmitDraft','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:6','turn','RT/LJ','AcceptTicket','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:8','turn','RT/LJ','SubmitDraft','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:9','turn','RT/LJ','AcceptTicket','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:10','turn','RT/LJ','ResolveTicket','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:11','turn','RT/LJ','TakeText','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:12','turn','RT/LJ','RateTicket','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:13','turn','RT/LJ','TakeText','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:15','turn','RT/LJ','SubmitDraft','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:16','turn','RT/LJ','AcceptTicket','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:17','turn','RT/LJ','ResolveTicket','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:18','turn','RT/LJ','GivePhotos','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:19','turn','RT/LJ','RateTicket','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:20','turn','RT/LJ','TakeText','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:22','turn','RT/LJ','SubmitDraft','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:23','turn','RT/LJ','ReturnTicket','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:24','turn','RT/LJ','ReturnTicket','2026-11-17 11:03:12.063524');
INSERT INTO "effects" VALUES('test:26','turn','RT/LJ','SubmitDraft','2026-11-17 11:03:12.063524');
CREATE TABLE followers (
	ticket_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	since DATETIME NOT NULL, 
	left_at DATETIME, 
	CONSTRAINT pk_followers PRIMARY KEY (ticket_id, person_id), 
	CONSTRAINT fk_followers_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_followers_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "followers" VALUES(1,3,'RT/LJ/BL/BL-45','reporter','2026-11-17 11:03:12.063524',NULL);
INSERT INTO "followers" VALUES(2,3,'RT/LJ/BL/BL-45','reporter','2026-11-17 11:03:12.063524',NULL);
INSERT INTO "followers" VALUES(3,3,'RT/LJ/BL/BL-45','reporter','2026-11-17 11:03:12.063524',NULL);
INSERT INTO "followers" VALUES(4,3,'RT/LJ/BL/BL-45','reporter','2026-11-17 11:03:12.063524',NULL);
INSERT INTO "followers" VALUES(5,3,'RT/LJ/BL/BL-45','reporter','2026-11-17 11:03:12.063524',NULL);
INSERT INTO "followers" VALUES(6,3,'RT/LJ/BL/BL-45','reporter','2026-11-17 11:03:12.063524',NULL);
CREATE TABLE inbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel VARCHAR(20) NOT NULL, 
	account VARCHAR(60) NOT NULL, 
	external_id VARCHAR(128) NOT NULL, 
	conversation_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	payload JSON NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	not_before DATETIME NOT NULL, 
	received_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	outcome VARCHAR(60) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_inbox_conversation_id_conversations FOREIGN KEY(conversation_id) REFERENCES conversations (id), 
	CONSTRAINT uq_inbox_channel_account_external_id UNIQUE (channel, account, external_id)
);
CREATE TABLE invitations (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code_hash VARCHAR(64) NOT NULL, 
	role VARCHAR(8) NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	display_name VARCHAR(80) DEFAULT '' NOT NULL, 
	roster_key VARCHAR(60), 
	created_by INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	redeemed_by INTEGER, 
	redeemed_at DATETIME, 
	confirmed_by INTEGER, 
	confirmed_at DATETIME, 
	needs_confirming BOOLEAN NOT NULL, 
	CONSTRAINT uq_invitations_code_hash UNIQUE (code_hash)
);
CREATE TABLE messages (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	conversation_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	direction VARCHAR(3) NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	text TEXT NOT NULL, 
	template VARCHAR(60) DEFAULT '' NOT NULL, 
	content JSON, 
	inbox_id INTEGER, 
	outbox_id INTEGER, 
	in_reply_to INTEGER, 
	ticket_id INTEGER, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_messages_conversation_id_conversations FOREIGN KEY(conversation_id) REFERENCES conversations (id), 
	CONSTRAINT uq_messages_conversation_id_seq UNIQUE (conversation_id, seq), 
	CONSTRAINT uq_messages_outbox_id UNIQUE (outbox_id)
);
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR(200) NOT NULL, 
	person_id INTEGER NOT NULL, 
	conversation_id INTEGER, 
	channel VARCHAR(20) NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	purpose VARCHAR(8) NOT NULL, 
	template VARCHAR(60) NOT NULL, 
	content JSON NOT NULL, 
	ticket_id INTEGER, 
	version INTEGER DEFAULT '0' NOT NULL, 
	status_news BOOLEAN NOT NULL, 
	urgent BOOLEAN NOT NULL, 
	in_reply_to INTEGER, 
	state VARCHAR(12) NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	not_before DATETIME NOT NULL, 
	lease_owner VARCHAR(60), 
	lease_until FLOAT DEFAULT '0' NOT NULL, 
	created_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	last_error VARCHAR(300) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_outbox_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT uq_outbox_key UNIQUE ("key")
);
INSERT INTO "outbox" VALUES(1,'test:5/turn/0',3,3,'webchat','RT/LJ','reply','ticket_filed_two_tracks','{"params": {"number": {"$number": "LL-261117-0001-V"}, "what": {"$category": "BLD01"}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-17T15:03:12.063524+00:00"}, "settle": {"$moment": "2026-11-18T11:03:12.063524+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}}, "buttons": [{"label": "button_add_detail", "command": {"do": "AddToTicket", "ticket_id": 1}, "style": "default", "literal": false, "params": {}}, {"label": "button_show_ticket", "command": {"do": "ShowTicket", "ticket_id": 1}, "style": "default", "literal": false, "params": {}}, {"label": "button_withdraw", "command": {"do": "WithdrawTicket", "ticket_id": 1, "confirmed": false}, "style": "default", "literal": false, "params": {}}], "card": null, "photos": []}',1,3,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(2,'test:5/turn/1',1,1,'webchat','RT/LJ','push','work_dispatched','{"params": {"number": {"$number": "LL-261117-0001-V"}, "what": {"$category": "BLD01"}, "where": {"$joined": [{"$place": "BL-45"}]}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-17T15:03:12.063524+00:00"}, "settle": {"$moment": "2026-11-18T11:03:12.063524+00:00"}, "due": {"$moment": "2026-11-17T12:03:12.063524+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "reason_none", "params": {}}, "households": 1, "status": {"$status": "dispatched"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [{"label": "button_accept", "command": {"do": "AcceptTicket", "ticket_id": 1}, "style": "primary", "literal": false, "params": {}}, {"label": "button_not_mine", "command": {"do": "ReturnTicket", "ticket_id": 1, "reason": ""}, "style": "default", "literal": false, "params": {}}, {"label": "button_record", "command": {"do": "ShowRecord", "ticket_id": 1}, "style": "default", "literal": false, "params": {}}], "card": {"title": {"$category": "BLD01"}, "urgency": "U", "lines": [["work_line_summary", "\u6276\u624b\u677e\u4e86"], ["work_line_place", {"$joined": [{"$place": "BL-45"}]}], ["work_line_urgency", {"$text": "urgency_U", "params": {}}], ["work_line_households", {"$text": "work_households", "params": {"count": 1}}], ["work_line_number", {"$number": "LL-261117-0001-V"}], ["work_line_accept", {"$moment": "2026-11-17T12:03:12.063524+00:00"}]], "countdown_to": "2026-11-17T12:03:12.063524+00:00", "photos": []}, "photos": []}',1,3,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(3,'test:6/turn/0',1,1,'webchat','RT/LJ','reply','accepted','{"params": {"number": {"$number": "LL-261117-0001-V"}, "by": {"$moment": "2026-11-17T15:03:12.063524+00:00"}}, "buttons": [{"label": "button_message_reporter", "command": {"do": "MessageReporter", "ticket_id": 1}, "style": "primary", "literal": false, "params": {}}, {"label": "button_go_there", "command": {"do": "StartTicket", "ticket_id": 1}, "style": "default", "literal": false, "params": {}}, {"label": "button_ask_reporter", "command": {"do": "AskReporter", "ticket_id": 1}, "style": "default", "literal": false, "params": {}}, {"label": "button_resolve", "command": {"do": "ResolveTicket", "ticket_id": 1}, "style": "default", "literal": false, "params": {}}, {"label": "button_transfer", "command": {"do": "TransferTicket", "ticket_id": 1, "to": 0, "reason": ""}, "style": "default", "literal": false, "params": {}}], "card": null, "photos": []}',1,0,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(4,'test:6/turn/1',3,3,'webchat','RT/LJ','push','push_accepted','{"params": {"number": {"$number": "LL-261117-0001-V"}, "what": {"$category": "BLD01"}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-17T15:03:12.063524+00:00"}, "settle": {"$moment": "2026-11-18T11:03:12.063524+00:00"}, "due": {"$moment": "2026-11-17T15:03:12.063524+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "reason_none", "params": {}}, "households": 1, "status": {"$status": "accepted"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [], "card": null, "photos": []}',1,4,1,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(5,'test:8/turn/0',3,3,'webchat','RT/LJ','reply','ticket_filed','{"params": {"number": {"$number": "LL-261117-0002-W"}, "what": {"$category": "NOI01"}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T06:30:00+00:00"}, "settle": {"$moment": "2026-11-26T09:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}}, "buttons": [{"label": "button_add_detail", "command": {"do": "AddToTicket", "ticket_id": 2}, "style": "default", "literal": false, "params": {}}, {"label": "button_show_ticket", "command": {"do": "ShowTicket", "ticket_id": 2}, "style": "default", "literal": false, "params": {}}, {"label": "button_withdraw", "command": {"do": "WithdrawTicket", "ticket_id": 2, "confirmed": false}, "style": "default", "literal": false, "params": {}}], "card": null, "photos": []}',2,3,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(6,'test:8/turn/1',1,1,'webchat','RT/LJ','push','work_dispatched','{"params": {"number": {"$number": "LL-261117-0002-W"}, "what": {"$category": "NOI01"}, "where": {"$joined": [{"$place": "BL-45"}]}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T06:30:00+00:00"}, "settle": {"$moment": "2026-11-26T09:30:00+00:00"}, "due": {"$moment": "2026-11-18T06:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "reason_none", "params": {}}, "households": 1, "status": {"$status": "dispatched"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [{"label": "button_accept", "command": {"do": "AcceptTicket", "ticket_id": 2}, "style": "primary", "literal": false, "params": {}}, {"label": "button_not_mine", "command": {"do": "ReturnTicket", "ticket_id": 2, "reason": ""}, "style": "default", "literal": false, "params": {}}, {"label": "button_record", "command": {"do": "ShowRecord", "ticket_id": 2}, "style": "default", "literal": false, "params": {}}], "card": {"title": {"$category": "NOI01"}, "urgency": "N", "lines": [["work_line_summary", "\u697c\u4e0a\u5531\u6b4c"], ["work_line_place", {"$joined": [{"$place": "BL-45"}]}], ["work_line_urgency", {"$text": "urgency_N", "params": {}}], ["work_line_households", {"$text": "work_households", "params": {"count": 1}}], ["work_line_number", {"$number": "LL-261117-0002-W"}], ["work_line_accept", {"$moment": "2026-11-18T06:30:00+00:00"}]], "countdown_to": "2026-11-18T06:30:00+00:00", "photos": []}, "photos": []}',2,3,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(7,'test:9/turn/0',1,1,'webchat','RT/LJ','reply','accepted','{"params": {"number": {"$number": "LL-261117-0002-W"}, "by": {"$moment": "2026-11-18T06:30:00+00:00"}}, "buttons": [{"label": "button_message_reporter", "command": {"do": "MessageReporter", "ticket_id": 2}, "style": "primary", "literal": false, "params": {}}, {"label": "button_go_there", "command": {"do": "StartTicket", "ticket_id": 2}, "style": "default", "literal": false, "params": {}}, {"label": "button_ask_reporter", "command": {"do": "AskReporter", "ticket_id": 2}, "style": "default", "literal": false, "params": {}}, {"label": "button_resolve", "command": {"do": "ResolveTicket", "ticket_id": 2}, "style": "default", "literal": false, "params": {}}, {"label": "button_transfer", "command": {"do": "TransferTicket", "ticket_id": 2, "to": 0, "reason": ""}, "style": "default", "literal": false, "params": {}}], "card": null, "photos": []}',2,0,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(8,'test:9/turn/1',3,3,'webchat','RT/LJ','push','push_accepted','{"params": {"number": {"$number": "LL-261117-0002-W"}, "what": {"$category": "NOI01"}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T06:30:00+00:00"}, "settle": {"$moment": "2026-11-26T09:30:00+00:00"}, "due": {"$moment": "2026-11-18T06:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "reason_none", "params": {}}, "households": 1, "status": {"$status": "accepted"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [], "card": null, "photos": []}',2,4,1,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(9,'test:10/turn/0',1,1,'webchat','RT/LJ','reply','proof_note','{"params": {"number": {"$number": "LL-261117-0002-W"}}, "buttons": [], "card": null, "photos": []}',2,0,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(10,'test:11/turn/0',1,1,'webchat','RT/LJ','reply','resolved','{"params": {"number": {"$number": "LL-261117-0002-W"}, "by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}}, "buttons": [], "card": null, "photos": []}',2,0,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(11,'test:11/turn/1',3,3,'webchat','RT/LJ','push','push_resolved','{"params": {"number": {"$number": "LL-261117-0002-W"}, "what": {"$category": "NOI01"}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T06:30:00+00:00"}, "settle": {"$moment": "2026-11-26T09:30:00+00:00"}, "due": {"$text": "date_unknown", "params": {}}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": "\u529d\u8fc7\u4e86", "households": 1, "status": {"$status": "resolved"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [{"label": "button_satisfied", "command": {"do": "RateTicket", "ticket_id": 2, "verdict": "satisfied"}, "style": "primary", "literal": false, "params": {}}, {"label": "button_partly", "command": {"do": "RateTicket", "ticket_id": 2, "verdict": "partly"}, "style": "default", "literal": false, "params": {}}, {"label": "button_dissatisfied", "command": {"do": "RateTicket", "ticket_id": 2, "verdict": "dissatisfied"}, "style": "default", "literal": false, "params": {}}], "card": null, "photos": []}',2,5,1,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(12,'test:12/turn/0',3,3,'webchat','RT/LJ','reply','ask_what_remains','{"params": {"number": {"$number": "LL-261117-0002-W"}}, "buttons": [], "card": null, "photos": []}',NULL,0,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(13,'test:13/turn/0',3,3,'webchat','RT/LJ','reply','rated_dissatisfied','{"params": {"number": {"$number": "LL-261117-0002-W"}, "due": {"$moment": "2026-11-18T02:30:00+00:00"}}, "buttons": [], "card": null, "photos": []}',2,6,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(14,'test:13/turn/1',1,1,'webchat','RT/LJ','push','work_dissatisfied','{"params": {"number": {"$number": "LL-261117-0002-W"}, "what": {"$category": "NOI01"}, "where": {"$joined": [{"$place": "BL-45"}]}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T06:30:00+00:00"}, "settle": {"$moment": "2026-11-26T09:30:00+00:00"}, "due": {"$moment": "2026-11-18T06:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": "\u8fd8\u5435", "households": 1, "status": {"$status": "reopened"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [], "card": null, "photos": []}',2,6,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(15,'test:13/turn/2',3,3,'webchat','RT/LJ','push','push_dispatched','{"params": {"number": {"$number": "LL-261117-0002-W"}, "what": {"$category": "NOI01"}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GLD"}}}, "contact": {"$moment": "2026-11-18T02:30:00+00:00"}, "settle": {"$moment": "2026-11-23T04:00:00+00:00"}, "due": {"$moment": "2026-11-18T02:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "reason_none", "params": {}}, "households": 1, "status": {"$status": "dispatched"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [], "card": null, "photos": []}',2,7,1,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(16,'test:13/turn/3',2,2,'webchat','RT/LJ','push','work_dispatched','{"params": {"number": {"$number": "LL-261117-0002-W"}, "what": {"$category": "NOI01"}, "where": {"$joined": [{"$place": "BL-45"}]}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GLD"}}}, "contact": {"$moment": "2026-11-18T02:30:00+00:00"}, "settle": {"$moment": "2026-11-23T04:00:00+00:00"}, "due": {"$moment": "2026-11-18T02:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "reason_none", "params": {}}, "households": 1, "status": {"$status": "dispatched"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [{"label": "button_accept", "command": {"do": "AcceptTicket", "ticket_id": 2}, "style": "primary", "literal": false, "params": {}}, {"label": "button_not_mine", "command": {"do": "ReturnTicket", "ticket_id": 2, "reason": ""}, "style": "default", "literal": false, "params": {}}, {"label": "button_record", "command": {"do": "ShowRecord", "ticket_id": 2}, "style": "default", "literal": false, "params": {}}], "card": {"title": {"$category": "NOI01"}, "urgency": "N", "lines": [["work_line_summary", "\u697c\u4e0a\u5531\u6b4c"], ["work_line_place", {"$joined": [{"$place": "BL-45"}]}], ["work_line_urgency", {"$text": "urgency_N", "params": {}}], ["work_line_households", {"$text": "work_households", "params": {"count": 1}}], ["work_line_number", {"$number": "LL-261117-0002-W"}], ["work_line_accept", {"$moment": "2026-11-18T02:30:00+00:00"}]], "countdown_to": "2026-11-18T02:30:00+00:00", "photos": []}, "photos": []}',2,7,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(17,'test:15/turn/0',3,3,'webchat','RT/LJ','reply','ticket_filed','{"params": {"number": {"$number": "LL-261117-0003-X"}, "what": {"$category": "BLD04"}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T09:30:00+00:00"}, "settle": {"$moment": "2026-11-19T09:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}}, "buttons": [{"label": "button_add_detail", "command": {"do": "AddToTicket", "ticket_id": 3}, "style": "default", "literal": false, "params": {}}, {"label": "button_show_ticket", "command": {"do": "ShowTicket", "ticket_id": 3}, "style": "default", "literal": false, "params": {}}, {"label": "button_withdraw", "command": {"do": "WithdrawTicket", "ticket_id": 3, "confirmed": false}, "style": "default", "literal": false, "params": {}}], "card": null, "photos": []}',3,3,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(18,'test:15/turn/1',1,1,'webchat','RT/LJ','push','work_dispatched','{"params": {"number": {"$number": "LL-261117-0003-X"}, "what": {"$category": "BLD04"}, "where": {"$joined": [{"$place": "BL-45"}]}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T09:30:00+00:00"}, "settle": {"$moment": "2026-11-19T09:30:00+00:00"}, "due": {"$moment": "2026-11-18T06:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "reason_none", "params": {}}, "households": 1, "status": {"$status": "dispatched"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [{"label": "button_accept", "command": {"do": "AcceptTicket", "ticket_id": 3}, "style": "primary", "literal": false, "params": {}}, {"label": "button_not_mine", "command": {"do": "ReturnTicket", "ticket_id": 3, "reason": ""}, "style": "default", "literal": false, "params": {}}, {"label": "button_record", "command": {"do": "ShowRecord", "ticket_id": 3}, "style": "default", "literal": false, "params": {}}], "card": {"title": {"$category": "BLD04"}, "urgency": "N", "lines": [["work_line_summary", "\u706f\u574f\u4e86"], ["work_line_place", {"$joined": [{"$place": "BL-45"}]}], ["work_line_urgency", {"$text": "urgency_N", "params": {}}], ["work_line_households", {"$text": "work_households", "params": {"count": 1}}], ["work_line_number", {"$number": "LL-261117-0003-X"}], ["work_line_accept", {"$moment": "2026-11-18T06:30:00+00:00"}]], "countdown_to": "2026-11-18T06:30:00+00:00", "photos": []}, "photos": []}',3,3,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(19,'test:16/turn/0',1,1,'webchat','RT/LJ','reply','accepted','{"params": {"number": {"$number": "LL-261117-0003-X"}, "by": {"$moment": "2026-11-18T09:30:00+00:00"}}, "buttons": [{"label": "button_message_reporter", "command": {"do": "MessageReporter", "ticket_id": 3}, "style": "primary", "literal": false, "params": {}}, {"label": "button_go_there", "command": {"do": "StartTicket", "ticket_id": 3}, "style": "default", "literal": false, "params": {}}, {"label": "button_ask_reporter", "command": {"do": "AskReporter", "ticket_id": 3}, "style": "default", "literal": false, "params": {}}, {"label": "button_resolve", "command": {"do": "ResolveTicket", "ticket_id": 3}, "style": "default", "literal": false, "params": {}}, {"label": "button_transfer", "command": {"do": "TransferTicket", "ticket_id": 3, "to": 0, "reason": ""}, "style": "default", "literal": false, "params": {}}], "card": null, "photos": []}',3,0,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(20,'test:16/turn/1',3,3,'webchat','RT/LJ','push','push_accepted','{"params": {"number": {"$number": "LL-261117-0003-X"}, "what": {"$category": "BLD04"}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T09:30:00+00:00"}, "settle": {"$moment": "2026-11-19T09:30:00+00:00"}, "due": {"$moment": "2026-11-18T09:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "reason_none", "params": {}}, "households": 1, "status": {"$status": "accepted"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [], "card": null, "photos": []}',3,4,1,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(21,'test:17/turn/0',1,1,'webchat','RT/LJ','reply','proof_photo','{"params": {"number": {"$number": "LL-261117-0003-X"}}, "buttons": [], "card": null, "photos": []}',3,0,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(22,'test:18/turn/0',1,1,'webchat','RT/LJ','reply','resolved','{"params": {"number": {"$number": "LL-261117-0003-X"}, "by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}}, "buttons": [], "card": null, "photos": []}',3,0,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(23,'test:18/turn/1',3,3,'webchat','RT/LJ','push','push_resolved','{"params": {"number": {"$number": "LL-261117-0003-X"}, "what": {"$category": "BLD04"}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T09:30:00+00:00"}, "settle": {"$moment": "2026-11-19T09:30:00+00:00"}, "due": {"$text": "date_unknown", "params": {}}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "relay_photo_only", "params": {}}, "households": 1, "status": {"$status": "resolved"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [{"label": "button_satisfied", "command": {"do": "RateTicket", "ticket_id": 3, "verdict": "satisfied"}, "style": "primary", "literal": false, "params": {}}, {"label": "button_partly", "command": {"do": "RateTicket", "ticket_id": 3, "verdict": "partly"}, "style": "default", "literal": false, "params": {}}, {"label": "button_dissatisfied", "command": {"do": "RateTicket", "ticket_id": 3, "verdict": "dissatisfied"}, "style": "default", "literal": false, "params": {}}], "card": null, "photos": ["p1"]}',3,5,1,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(24,'test:19/turn/0',3,3,'webchat','RT/LJ','reply','ask_what_remains','{"params": {"number": {"$number": "LL-261117-0003-X"}}, "buttons": [], "card": null, "photos": []}',NULL,0,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(25,'test:20/turn/0',3,3,'webchat','RT/LJ','reply','rated_partly','{"params": {"number": {"$number": "LL-261117-0003-X"}, "due": {"$moment": "2026-11-18T04:00:00+00:00"}}, "buttons": [], "card": null, "photos": []}',3,6,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(26,'test:20/turn/1',1,1,'webchat','RT/LJ','push','work_partly','{"params": {"number": {"$number": "LL-261117-0003-X"}, "what": {"$category": "BLD04"}, "where": {"$joined": [{"$place": "BL-45"}]}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T09:30:00+00:00"}, "settle": {"$moment": "2026-11-19T09:30:00+00:00"}, "due": {"$text": "date_unknown", "params": {}}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": "\u8fd8\u6709\u4e8c\u697c", "households": 1, "status": {"$status": "closed_partly"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [], "card": null, "photos": []}',3,6,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(27,'test:20/turn/2',3,3,'webchat','RT/LJ','push','push_remainder','{"params": {"number": {"$number": "LL-261117-0003-X"}, "rest": {"$number": "LL-261117-0004-Y"}, "role": {"$role": "PRM"}, "contact": {"$moment": "2026-11-18T09:30:00+00:00"}}, "buttons": [], "card": null, "photos": []}',4,2,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(28,'test:20/turn/3',1,1,'webchat','RT/LJ','push','work_dispatched','{"params": {"number": {"$number": "LL-261117-0004-Y"}, "what": {"$category": "BLD04"}, "where": {"$joined": [{"$place": "BL-45"}]}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T09:30:00+00:00"}, "settle": {"$moment": "2026-11-19T09:30:00+00:00"}, "due": {"$moment": "2026-11-18T06:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "reason_none", "params": {}}, "households": 1, "status": {"$status": "dispatched"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [{"label": "button_accept", "command": {"do": "AcceptTicket", "ticket_id": 4}, "style": "primary", "literal": false, "params": {}}, {"label": "button_not_mine", "command": {"do": "ReturnTicket", "ticket_id": 4, "reason": ""}, "style": "default", "literal": false, "params": {}}, {"label": "button_record", "command": {"do": "ShowRecord", "ticket_id": 4}, "style": "default", "literal": false, "params": {}}], "card": {"title": {"$category": "BLD04"}, "urgency": "N", "lines": [["work_line_summary", "\u8fd8\u6709\u4e8c\u697c"], ["work_line_place", {"$joined": [{"$place": "BL-45"}]}], ["work_line_urgency", {"$text": "urgency_N", "params": {}}], ["work_line_households", {"$text": "work_households", "params": {"count": 1}}], ["work_line_number", {"$number": "LL-261117-0004-Y"}], ["work_line_accept", {"$moment": "2026-11-18T06:30:00+00:00"}]], "countdown_to": "2026-11-18T06:30:00+00:00", "photos": []}, "photos": []}',4,3,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(29,'test:22/turn/0',3,3,'webchat','RT/LJ','reply','ticket_filed','{"params": {"number": {"$number": "LL-261117-0005-Z"}, "what": {"$category": "NOI01"}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T06:30:00+00:00"}, "settle": {"$moment": "2026-11-26T09:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}}, "buttons": [{"label": "button_add_detail", "command": {"do": "AddToTicket", "ticket_id": 5}, "style": "default", "literal": false, "params": {}}, {"label": "button_show_ticket", "command": {"do": "ShowTicket", "ticket_id": 5}, "style": "default", "literal": false, "params": {}}, {"label": "button_withdraw", "command": {"do": "WithdrawTicket", "ticket_id": 5, "confirmed": false}, "style": "default", "literal": false, "params": {}}], "card": null, "photos": []}',5,3,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(30,'test:22/turn/1',1,1,'webchat','RT/LJ','push','work_dispatched','{"params": {"number": {"$number": "LL-261117-0005-Z"}, "what": {"$category": "NOI01"}, "where": {"$joined": [{"$place": "BL-45"}]}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T06:30:00+00:00"}, "settle": {"$moment": "2026-11-26T09:30:00+00:00"}, "due": {"$moment": "2026-11-18T06:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "reason_none", "params": {}}, "households": 1, "status": {"$status": "dispatched"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [{"label": "button_accept", "command": {"do": "AcceptTicket", "ticket_id": 5}, "style": "primary", "literal": false, "params": {}}, {"label": "button_not_mine", "command": {"do": "ReturnTicket", "ticket_id": 5, "reason": ""}, "style": "default", "literal": false, "params": {}}, {"label": "button_record", "command": {"do": "ShowRecord", "ticket_id": 5}, "style": "default", "literal": false, "params": {}}], "card": {"title": {"$category": "NOI01"}, "urgency": "N", "lines": [["work_line_summary", "\u53c8\u5531"], ["work_line_place", {"$joined": [{"$place": "BL-45"}]}], ["work_line_urgency", {"$text": "urgency_N", "params": {}}], ["work_line_households", {"$text": "work_households", "params": {"count": 1}}], ["work_line_number", {"$number": "LL-261117-0005-Z"}], ["work_line_accept", {"$moment": "2026-11-18T06:30:00+00:00"}]], "countdown_to": "2026-11-18T06:30:00+00:00", "photos": []}, "photos": []}',5,3,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(31,'test:23/turn/0',1,1,'webchat','RT/LJ','reply','return_why','{"params": {}, "buttons": [{"label": "reason_not_my_area", "command": {"do": "ReturnTicket", "ticket_id": 5, "reason": "not_my_area"}, "style": "chip", "literal": false, "params": {}}, {"label": "reason_not_my_duty", "command": {"do": "ReturnTicket", "ticket_id": 5, "reason": "not_my_duty"}, "style": "chip", "literal": false, "params": {}}, {"label": "reason_wrong_category", "command": {"do": "ReturnTicket", "ticket_id": 5, "reason": "wrong_category"}, "style": "chip", "literal": false, "params": {}}, {"label": "reason_no_capacity", "command": {"do": "ReturnTicket", "ticket_id": 5, "reason": "no_capacity"}, "style": "chip", "literal": false, "params": {}}], "card": null, "photos": []}',5,0,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(32,'test:24/turn/0',1,1,'webchat','RT/LJ','reply','returned','{"params": {"number": {"$number": "LL-261117-0005-Z"}, "by": {"$moment": "2026-11-17T15:03:12.063524+00:00"}}, "buttons": [], "card": null, "photos": []}',5,0,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(33,'test:24/turn/1',2,2,'webchat','RT/LJ','push','lead_returned','{"params": {"number": {"$number": "LL-261117-0005-Z"}, "by": {"$moment": "2026-11-17T15:03:12.063524+00:00"}, "reason": {"$text": "reason_not_my_duty", "params": {}}}, "buttons": [{"label": "button_hand_to", "command": {"do": "DispatchTicket", "ticket_id": 5, "to": 2}, "style": "default", "literal": false, "params": {"name": "\u8001\u533a", "role": {"$role": "GLD"}}}, {"label": "button_hand_to_other", "command": {"do": "DispatchTicket", "ticket_id": 5, "to": 0}, "style": "default", "literal": false, "params": {}}, {"label": "button_record", "command": {"do": "ShowRecord", "ticket_id": 5}, "style": "default", "literal": false, "params": {}}], "card": {"title": {"$category": "NOI01"}, "urgency": "N", "lines": [["work_line_summary", "\u53c8\u5531"], ["work_line_place", {"$joined": [{"$place": "BL-45"}]}], ["work_line_urgency", {"$text": "urgency_N", "params": {}}], ["work_line_households", {"$text": "work_households", "params": {"count": 1}}], ["work_line_number", {"$number": "LL-261117-0005-Z"}], ["work_line_contact", {"$moment": "2026-11-18T06:30:00+00:00"}]], "countdown_to": "2026-11-18T06:30:00+00:00", "photos": []}, "photos": []}',5,4,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(34,'test:26/turn/0',3,3,'webchat','RT/LJ','reply','ticket_filed','{"params": {"number": {"$number": "LL-261117-0006-A"}, "what": {"$category": "SAN02"}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T09:30:00+00:00"}, "settle": {"$moment": "2026-11-20T09:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}}, "buttons": [{"label": "button_add_detail", "command": {"do": "AddToTicket", "ticket_id": 6}, "style": "default", "literal": false, "params": {}}, {"label": "button_show_ticket", "command": {"do": "ShowTicket", "ticket_id": 6}, "style": "default", "literal": false, "params": {}}, {"label": "button_withdraw", "command": {"do": "WithdrawTicket", "ticket_id": 6, "confirmed": false}, "style": "default", "literal": false, "params": {}}], "card": null, "photos": []}',6,3,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
INSERT INTO "outbox" VALUES(35,'test:26/turn/1',1,1,'webchat','RT/LJ','push','work_dispatched','{"params": {"number": {"$number": "LL-261117-0006-A"}, "what": {"$category": "SAN02"}, "where": {"$joined": [{"$place": "BL-45"}]}, "role": {"$text": "badge_grid", "params": {"grid": {"$place": "RT/LJ/BL/G3"}, "role": {"$role": "GWF"}}}, "contact": {"$moment": "2026-11-18T09:30:00+00:00"}, "settle": {"$moment": "2026-11-20T09:30:00+00:00"}, "due": {"$moment": "2026-11-18T06:30:00+00:00"}, "triage": {"$moment": "2026-11-17T13:03:12.063524+00:00"}, "rate_by": {"$moment": "2026-11-24T11:03:12.063524+00:00"}, "reopen_by": {"$moment": "2026-11-27T11:03:12.063524+00:00"}, "date": {"$text": "date_unknown", "params": {}}, "reason": {"$text": "reason_none", "params": {}}, "households": 1, "status": {"$status": "dispatched"}, "body": "", "receipt": "", "proposal": ""}, "buttons": [{"label": "button_accept", "command": {"do": "AcceptTicket", "ticket_id": 6}, "style": "primary", "literal": false, "params": {}}, {"label": "button_not_mine", "command": {"do": "ReturnTicket", "ticket_id": 6, "reason": ""}, "style": "default", "literal": false, "params": {}}, {"label": "button_record", "command": {"do": "ShowRecord", "ticket_id": 6}, "style": "default", "literal": false, "params": {}}], "card": {"title": {"$category": "SAN02"}, "urgency": "N", "lines": [["work_line_summary", "\u6742\u7269"], ["work_line_place", {"$joined": [{"$place": "BL-45"}]}], ["work_line_urgency", {"$text": "urgency_N", "params": {}}], ["work_line_households", {"$text": "work_households", "params": {"count": 1}}], ["work_line_number", {"$number": "LL-261117-0006-A"}], ["work_line_accept", {"$moment": "2026-11-18T06:30:00+00:00"}]], "countdown_to": "2026-11-18T06:30:00+00:00", "photos": []}, "photos": []}',6,3,0,0,NULL,'ready',0,'2026-11-17 11:03:12.063524',NULL,0.0,'2026-11-17 11:03:12.063524',NULL,'');
CREATE TABLE people (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	participant_id VARCHAR(40) NOT NULL, 
	display_name VARCHAR(80) DEFAULT '' NOT NULL, 
	locale VARCHAR(10) NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	home VARCHAR(200) DEFAULT '' NOT NULL, 
	roster_key VARCHAR(60), 
	created_at DATETIME NOT NULL, 
	away_until DATETIME, 
	erased_at DATETIME, 
	CONSTRAINT uq_people_participant_id UNIQUE (participant_id), 
	CONSTRAINT uq_people_roster_key UNIQUE (roster_key)
);
INSERT INTO "people" VALUES(1,'participant-1','阿梅','zh-CN','RT/LJ','',NULL,'2026-11-17 11:03:12.063524',NULL,NULL);
INSERT INTO "people" VALUES(2,'participant-2','老区','zh-CN','RT/LJ','',NULL,'2026-11-17 11:03:12.063524',NULL,NULL);
INSERT INTO "people" VALUES(3,'participant-3','何姨','zh-CN','RT/LJ','BL-45',NULL,'2026-11-17 11:03:12.063524',NULL,NULL);
CREATE TABLE push_subscriptions (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	endpoint VARCHAR(1000) NOT NULL, 
	keys JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT fk_push_subscriptions_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT uq_push_subscriptions_endpoint UNIQUE (endpoint)
);
CREATE TABLE role_grants (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	role VARCHAR(8) NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	granted_at DATETIME NOT NULL, 
	granted_by INTEGER NOT NULL, 
	revoked_at DATETIME, 
	CONSTRAINT fk_role_grants_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "role_grants" VALUES(1,1,'GWF','RT/LJ/BL/G3','2026-11-17 11:03:12.063524',0,NULL);
INSERT INTO "role_grants" VALUES(2,2,'GLD','RT/LJ','2026-11-17 11:03:12.063524',0,NULL);
CREATE TABLE sealed_identities (
	person_id INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	sealed BLOB NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_sealed_identities PRIMARY KEY (person_id), 
	CONSTRAINT fk_sealed_identities_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE TABLE sessions (
	token_hash VARCHAR(64) NOT NULL, 
	person_id INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	created_at DATETIME NOT NULL, 
	last_seen_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sessions_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE TABLE ticket_events (
	ticket_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	verb VARCHAR(16) NOT NULL, 
	source VARCHAR(16), 
	target VARCHAR(16) NOT NULL, 
	actor_id INTEGER NOT NULL, 
	role VARCHAR(10) NOT NULL, 
	at DATETIME NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	data JSON NOT NULL, 
	cause VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_ticket_events PRIMARY KEY (ticket_id, seq), 
	CONSTRAINT fk_ticket_events_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "ticket_events" VALUES(1,1,'RT/LJ/BL/BL-45','begin',NULL,'draft',3,'RES','2026-11-17 11:03:12.063524','','{"began": "2026-11-17T11:03:12.063524+00:00"}','test:5');
INSERT INTO "ticket_events" VALUES(1,2,'RT/LJ/BL/BL-45','submit','draft','submitted',3,'RES','2026-11-17 11:03:12.063524','','{"number": "LL-261117-0001-V", "waits_for_consent": false, "category": "BLD01", "urgency": "U", "tier": "\u96be\u4e8b", "privacy": "public", "summary": "\u6276\u624b\u677e\u4e86", "words": "\u6276\u624b\u677e\u4e86", "location": {"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}, "area": "RT/LJ/BL/BL-45", "grid": "RT/LJ/BL/G3", "anonymous": false, "reporter": 3, "accept_due_at": "2026-11-17T12:03:12.063524+00:00", "contact_due_at": "2026-11-17T15:03:12.063524+00:00", "settle_due_at": "2026-11-18T11:03:12.063524+00:00", "draft": 1}','test:5');
INSERT INTO "ticket_events" VALUES(1,3,'RT/LJ/BL/BL-45','dispatch','submitted','dispatched',0,'system','2026-11-17 11:03:12.063524','','{"assignee": 1, "assignee_role": "GWF"}','test:5');
INSERT INTO "ticket_events" VALUES(1,4,'RT/LJ/BL/BL-45','accept','dispatched','accepted',1,'assignee','2026-11-17 11:03:12.063524','','{}','test:6');
INSERT INTO "ticket_events" VALUES(2,1,'RT/LJ/BL/BL-45','begin',NULL,'draft',3,'RES','2026-11-17 11:03:12.063524','','{"began": "2026-11-17T11:03:12.063524+00:00"}','test:8');
INSERT INTO "ticket_events" VALUES(2,2,'RT/LJ/BL/BL-45','submit','draft','submitted',3,'RES','2026-11-17 11:03:12.063524','','{"number": "LL-261117-0002-W", "waits_for_consent": false, "category": "NOI01", "urgency": "N", "tier": "\u5c0f\u4e8b", "privacy": "sealed", "summary": "\u697c\u4e0a\u5531\u6b4c", "words": "\u697c\u4e0a\u5531\u6b4c", "location": {"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}, "area": "RT/LJ/BL/BL-45", "grid": "RT/LJ/BL/G3", "anonymous": false, "reporter": 3, "accept_due_at": "2026-11-18T06:30:00+00:00", "contact_due_at": "2026-11-18T06:30:00+00:00", "settle_due_at": "2026-11-26T09:30:00+00:00", "draft": 2}','test:8');
INSERT INTO "ticket_events" VALUES(2,3,'RT/LJ/BL/BL-45','dispatch','submitted','dispatched',0,'system','2026-11-17 11:03:12.063524','','{"assignee": 1, "assignee_role": "GWF"}','test:8');
INSERT INTO "ticket_events" VALUES(2,4,'RT/LJ/BL/BL-45','accept','dispatched','accepted',1,'assignee','2026-11-17 11:03:12.063524','','{}','test:9');
INSERT INTO "ticket_events" VALUES(2,5,'RT/LJ/BL/BL-45','resolve','accepted','resolved',1,'assignee','2026-11-17 11:03:12.063524','劝过了','{"photos": []}','test:11');
INSERT INTO "ticket_events" VALUES(2,6,'RT/LJ/BL/BL-45','dissatisfied','resolved','reopened',3,'RES','2026-11-17 11:03:12.063524','还吵','{}','test:13');
INSERT INTO "ticket_events" VALUES(2,7,'RT/LJ/BL/BL-45','dispatch','reopened','dispatched',0,'system','2026-11-17 11:03:12.063524','','{"assignee": 2, "assignee_role": "GLD", "accept_due_at": "2026-11-18T02:30:00+00:00", "contact_due_at": "2026-11-18T02:30:00+00:00", "settle_due_at": "2026-11-23T04:00:00+00:00"}','test:13');
INSERT INTO "ticket_events" VALUES(3,1,'RT/LJ/BL/BL-45','begin',NULL,'draft',3,'RES','2026-11-17 11:03:12.063524','','{"began": "2026-11-17T11:03:12.063524+00:00"}','test:15');
INSERT INTO "ticket_events" VALUES(3,2,'RT/LJ/BL/BL-45','submit','draft','submitted',3,'RES','2026-11-17 11:03:12.063524','','{"number": "LL-261117-0003-X", "waits_for_consent": false, "category": "BLD04", "urgency": "N", "tier": "\u5c0f\u4e8b", "privacy": "public", "summary": "\u706f\u574f\u4e86", "words": "\u706f\u574f\u4e86", "location": {"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}, "area": "RT/LJ/BL/BL-45", "grid": "RT/LJ/BL/G3", "anonymous": false, "reporter": 3, "accept_due_at": "2026-11-18T06:30:00+00:00", "contact_due_at": "2026-11-18T09:30:00+00:00", "settle_due_at": "2026-11-19T09:30:00+00:00", "draft": 3}','test:15');
INSERT INTO "ticket_events" VALUES(3,3,'RT/LJ/BL/BL-45','dispatch','submitted','dispatched',0,'system','2026-11-17 11:03:12.063524','','{"assignee": 1, "assignee_role": "GWF"}','test:15');
INSERT INTO "ticket_events" VALUES(3,4,'RT/LJ/BL/BL-45','accept','dispatched','accepted',1,'assignee','2026-11-17 11:03:12.063524','','{}','test:16');
INSERT INTO "ticket_events" VALUES(3,5,'RT/LJ/BL/BL-45','resolve','accepted','resolved',1,'assignee','2026-11-17 11:03:12.063524','','{"photos": ["p1"]}','test:18');
INSERT INTO "ticket_events" VALUES(3,6,'RT/LJ/BL/BL-45','partly','resolved','closed_partly',3,'RES','2026-11-17 11:03:12.063524','还有二楼','{}','test:20');
INSERT INTO "ticket_events" VALUES(4,1,'RT/LJ/BL/BL-45','begin',NULL,'draft',3,'RES','2026-11-17 11:03:12.063524','','{"began": "2026-11-17T11:03:12.063524+00:00"}','test:20');
INSERT INTO "ticket_events" VALUES(4,2,'RT/LJ/BL/BL-45','submit','draft','submitted',3,'RES','2026-11-17 11:03:12.063524','','{"number": "LL-261117-0004-Y", "category": "BLD04", "urgency": "N", "tier": "\u5c0f\u4e8b", "privacy": "public", "summary": "\u8fd8\u6709\u4e8c\u697c", "words": "\u8fd8\u6709\u4e8c\u697c\nLL-261117-0003-X \u706f\u574f\u4e86", "location": {"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}, "area": "RT/LJ/BL/BL-45", "grid": "RT/LJ/BL/G3", "anonymous": false, "reporter": 3, "parent": "LL-261117-0003-X", "accept_due_at": "2026-11-18T06:30:00+00:00", "contact_due_at": "2026-11-18T09:30:00+00:00", "settle_due_at": "2026-11-19T09:30:00+00:00"}','test:20');
INSERT INTO "ticket_events" VALUES(4,3,'RT/LJ/BL/BL-45','dispatch','submitted','dispatched',0,'system','2026-11-17 11:03:12.063524','','{"assignee": 1, "assignee_role": "GWF"}','test:20');
INSERT INTO "ticket_events" VALUES(5,1,'RT/LJ/BL/BL-45','begin',NULL,'draft',3,'RES','2026-11-17 11:03:12.063524','','{"began": "2026-11-17T11:03:12.063524+00:00"}','test:22');
INSERT INTO "ticket_events" VALUES(5,2,'RT/LJ/BL/BL-45','submit','draft','submitted',3,'RES','2026-11-17 11:03:12.063524','','{"number": "LL-261117-0005-Z", "waits_for_consent": false, "category": "NOI01", "urgency": "N", "tier": "\u5c0f\u4e8b", "privacy": "sealed", "summary": "\u53c8\u5531", "words": "\u53c8\u5531", "location": {"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}, "area": "RT/LJ/BL/BL-45", "grid": "RT/LJ/BL/G3", "anonymous": false, "reporter": 3, "accept_due_at": "2026-11-18T06:30:00+00:00", "contact_due_at": "2026-11-18T06:30:00+00:00", "settle_due_at": "2026-11-26T09:30:00+00:00", "draft": 4}','test:22');
INSERT INTO "ticket_events" VALUES(5,3,'RT/LJ/BL/BL-45','dispatch','submitted','dispatched',0,'system','2026-11-17 11:03:12.063524','','{"assignee": 1, "assignee_role": "GWF"}','test:22');
INSERT INTO "ticket_events" VALUES(5,4,'RT/LJ/BL/BL-45','return','dispatched','returned',1,'assignee','2026-11-17 11:03:12.063524','','{"reason_key": "not_my_duty"}','test:24');
INSERT INTO "ticket_events" VALUES(6,1,'RT/LJ/BL/BL-45','begin',NULL,'draft',3,'RES','2026-11-17 11:03:12.063524','','{"began": "2026-11-17T11:03:12.063524+00:00"}','test:26');
INSERT INTO "ticket_events" VALUES(6,2,'RT/LJ/BL/BL-45','submit','draft','submitted',3,'RES','2026-11-17 11:03:12.063524','','{"number": "LL-261117-0006-A", "waits_for_consent": false, "category": "SAN02", "urgency": "N", "tier": "\u5c0f\u4e8b", "privacy": "public", "summary": "\u6742\u7269", "words": "\u6742\u7269", "location": {"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}, "area": "RT/LJ/BL/BL-45", "grid": "RT/LJ/BL/G3", "anonymous": false, "reporter": 3, "accept_due_at": "2026-11-18T06:30:00+00:00", "contact_due_at": "2026-11-18T09:30:00+00:00", "settle_due_at": "2026-11-20T09:30:00+00:00", "draft": 5}','test:26');
INSERT INTO "ticket_events" VALUES(6,3,'RT/LJ/BL/BL-45','dispatch','submitted','dispatched',0,'system','2026-11-17 11:03:12.063524','','{"assignee": 1, "assignee_role": "GWF"}','test:26');
CREATE TABLE ticket_photos (
	ticket_id INTEGER NOT NULL, 
	attachment_id VARCHAR(40) NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	purpose VARCHAR(12) NOT NULL, 
	by_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_ticket_photos PRIMARY KEY (ticket_id, attachment_id), 
	CONSTRAINT fk_ticket_photos_attachment_id_attachments FOREIGN KEY(attachment_id) REFERENCES attachments (id), 
	CONSTRAINT fk_ticket_photos_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "ticket_photos" VALUES(3,'p1','','proof',1,'2026-11-17 11:03:12.063524');
CREATE TABLE tickets (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR(24) NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	grid VARCHAR(200) DEFAULT '' NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	category VARCHAR(8) NOT NULL, 
	urgency VARCHAR(1) NOT NULL, 
	tier VARCHAR(8) NOT NULL, 
	privacy VARCHAR(12) NOT NULL, 
	summary TEXT NOT NULL, 
	location JSON NOT NULL, 
	label VARCHAR(200) DEFAULT '' NOT NULL, 
	reporter_id INTEGER, 
	anonymous BOOLEAN NOT NULL, 
	assignee_id INTEGER, 
	assignee_role VARCHAR(8) DEFAULT '' NOT NULL, 
	accept_due_at DATETIME, 
	contact_due_at DATETIME, 
	settle_due_at DATETIME, 
	contacted_at DATETIME, 
	paused_at DATETIME, 
	resolved_at DATETIME, 
	closed_at DATETIME, 
	came_from VARCHAR(16), 
	reopenings INTEGER NOT NULL, 
	chases INTEGER NOT NULL, 
	rating VARCHAR(16) DEFAULT '' NOT NULL, 
	version INTEGER NOT NULL, 
	filed_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	rules_version VARCHAR(64) DEFAULT '' NOT NULL, 
	vector BLOB, 
	CONSTRAINT uq_tickets_number UNIQUE (number)
);
INSERT INTO "tickets" VALUES(1,'LL-261117-0001-V','RT/LJ/BL/BL-45','RT/LJ/BL/G3','accepted','BLD01','U','难事','public','扶手松了','{"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}','45栋',3,0,1,'GWF','2026-11-17 12:03:12.063524','2026-11-17 15:03:12.063524','2026-11-18 11:03:12.063524',NULL,NULL,NULL,NULL,NULL,0,0,'',4,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524','',NULL);
INSERT INTO "tickets" VALUES(2,'LL-261117-0002-W','RT/LJ/BL/BL-45','RT/LJ/BL/G3','dispatched','NOI01','N','小事','sealed','楼上唱歌','{"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}','45栋',3,0,2,'GLD','2026-11-18 02:30:00.000000','2026-11-18 02:30:00.000000','2026-11-23 04:00:00.000000',NULL,NULL,'2026-11-17 11:03:12.063524',NULL,NULL,1,0,'',7,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524','',NULL);
INSERT INTO "tickets" VALUES(3,'LL-261117-0003-X','RT/LJ/BL/BL-45','RT/LJ/BL/G3','closed_partly','BLD04','N','小事','public','灯坏了','{"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}','45栋',3,0,1,'GWF','2026-11-18 06:30:00.000000','2026-11-18 09:30:00.000000','2026-11-19 09:30:00.000000',NULL,NULL,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524',NULL,0,0,'partly',6,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524','',NULL);
INSERT INTO "tickets" VALUES(4,'LL-261117-0004-Y','RT/LJ/BL/BL-45','RT/LJ/BL/G3','dispatched','BLD04','N','小事','public','还有二楼','{"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}','45栋',3,0,1,'GWF','2026-11-18 06:30:00.000000','2026-11-18 09:30:00.000000','2026-11-19 09:30:00.000000',NULL,NULL,NULL,NULL,NULL,0,0,'',3,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524','',NULL);
INSERT INTO "tickets" VALUES(5,'LL-261117-0005-Z','RT/LJ/BL/BL-45','RT/LJ/BL/G3','returned','NOI01','N','小事','sealed','又唱','{"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}','45栋',3,0,1,'GWF','2026-11-18 06:30:00.000000','2026-11-18 06:30:00.000000','2026-11-26 09:30:00.000000',NULL,NULL,NULL,NULL,NULL,0,0,'',4,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524','',NULL);
INSERT INTO "tickets" VALUES(6,'LL-261117-0006-A','RT/LJ/BL/BL-45','RT/LJ/BL/G3','dispatched','SAN02','N','小事','public','杂物','{"area": "BL-45", "grid": "G3", "place": "BL-45", "label": "45\u680b", "detail": "", "lat": 22.5911, "lon": 113.093}','45栋',3,0,1,'GWF','2026-11-18 06:30:00.000000','2026-11-18 09:30:00.000000','2026-11-20 09:30:00.000000',NULL,NULL,NULL,NULL,NULL,0,0,'',3,'2026-11-17 11:03:12.063524','2026-11-17 11:03:12.063524','',NULL);
CREATE TABLE understood (
	inbox_id INTEGER NOT NULL, 
	area VARCHAR(200) DEFAULT '' NOT NULL, 
	language VARCHAR(10) NOT NULL, 
	intent VARCHAR(24) NOT NULL, 
	confidence FLOAT NOT NULL, 
	parse JSON NOT NULL, 
	vector BLOB, 
	model VARCHAR(80) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_understood PRIMARY KEY (inbox_id), 
	CONSTRAINT fk_understood_inbox_id_inbox FOREIGN KEY(inbox_id) REFERENCES inbox (id)
);
CREATE INDEX ix_tickets_area ON tickets (area);
CREATE INDEX ix_tickets_assignee ON tickets (assignee_id, status);
CREATE INDEX ix_tickets_like ON tickets (category, grid, status);
CREATE INDEX ix_tickets_reporter_id ON tickets (reporter_id);
CREATE INDEX ix_tickets_settle ON tickets (status, settle_due_at);
CREATE INDEX ix_tickets_silent ON tickets (status, updated_at);
CREATE INDEX ix_attachments_person_id ON attachments (person_id);
CREATE INDEX ix_callbacks_closed_at ON callbacks (closed_at);
CREATE INDEX ix_callbacks_person_id ON callbacks (person_id);
CREATE INDEX ix_channel_addresses_person_id ON channel_addresses (person_id);
CREATE INDEX ix_consents_person_id ON consents (person_id);
CREATE INDEX ix_conversations_person_id ON conversations (person_id);
CREATE INDEX ix_followers_person_id ON followers (person_id);
CREATE INDEX ix_outbox_conversation ON outbox (conversation_id, channel, state);
CREATE INDEX ix_outbox_ticket ON outbox (ticket_id, person_id);
CREATE INDEX ix_outbox_waiting ON outbox (state, channel, not_before);
CREATE INDEX ix_push_subscriptions_person_id ON push_subscriptions (person_id);
CREATE INDEX ix_role_grants_alive ON role_grants (role, revoked_at);
CREATE INDEX ix_role_grants_person_id ON role_grants (person_id);
CREATE INDEX ix_sessions_person_id ON sessions (person_id);
CREATE INDEX ix_ticket_events_actor_id ON ticket_events (actor_id);
CREATE INDEX ix_drafts_open ON drafts (conversation_id, state);
CREATE INDEX ix_drafts_person_id ON drafts (person_id);
CREATE INDEX ix_drafts_waiting ON drafts (state, updated_at);
CREATE INDEX ix_inbox_conversation ON inbox (conversation_id, seq);
CREATE INDEX ix_inbox_waiting ON inbox (state, not_before);
CREATE INDEX ix_messages_inbox ON messages (inbox_id);
CREATE INDEX ix_messages_ticket ON messages (ticket_id);
CREATE INDEX ix_ticket_photos_attachment ON ticket_photos (attachment_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('people',3);
INSERT INTO "sqlite_sequence" VALUES('conversations',3);
INSERT INTO "sqlite_sequence" VALUES('role_grants',2);
INSERT INTO "sqlite_sequence" VALUES('drafts',5);
INSERT INTO "sqlite_sequence" VALUES('tickets',6);
INSERT INTO "sqlite_sequence" VALUES('outbox',35);
COMMIT;
