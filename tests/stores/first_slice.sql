BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('20261122_totals');
CREATE TABLE "alert" (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	match_id CHAR(32), 
	made_at DATETIME NOT NULL, 
	conversation_id CHAR(32), 
	listing_id CHAR(32), 
	CONSTRAINT pk_alert PRIMARY KEY (id), 
	CONSTRAINT uq_alert_person_id_match_id_kind UNIQUE (person_id, match_id, kind), 
	CONSTRAINT fk_alert_match_id_match FOREIGN KEY(match_id) REFERENCES "match" (id) ON DELETE CASCADE, 
	CONSTRAINT fk_alert_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_alert_person_id_conversation_id_kind UNIQUE (person_id, conversation_id, kind), 
	CONSTRAINT uq_alert_person_id_listing_id_kind UNIQUE (person_id, listing_id, kind), 
	CONSTRAINT fk_alert_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE, 
	CONSTRAINT fk_alert_listing_id_listing FOREIGN KEY(listing_id) REFERENCES listing (id) ON DELETE CASCADE
);
INSERT INTO "alert" VALUES('01a2020c3d1778cfb39aef99a7da9d7a','01a2020c3cc4799ba7695459539eb207','match','01a2020c3d0f7d37a7aa50fa250a7047','2026-11-22 06:58:06.230524',NULL,NULL);
INSERT INTO "alert" VALUES('01a2020c3d217f31bac745373635d409','01a2020c3cc4799ba7695459539eb207','match','01a2020c3d1d7a478bdea6de82269300','2026-11-22 06:58:06.241549',NULL,NULL);
INSERT INTO "alert" VALUES('01a2020c3d34707bb524e5dd8bdbe001','01a2020c3cc4799ba7695459539eb207','match','01a2020c3d2972eca51cb57f50aeac24','2026-11-22 06:58:06.260359',NULL,NULL);
INSERT INTO "alert" VALUES('01a2020c3ed17ad29f6de7e62660c681','01a2020c3b6b7fa9b3549b1cc2e319b9','letter',NULL,'2026-11-22 06:58:06.673096','8a790634f28f5deead92c3a7cbae04eb',NULL);
INSERT INTO "alert" VALUES('01a2020c3f157493971e77da1f472f64','01a2020c3cc4799ba7695459539eb207','letter',NULL,'2026-11-22 06:58:06.741191','8a790634f28f5deead92c3a7cbae04eb',NULL);
CREATE TABLE batch (
	id CHAR(32) NOT NULL, 
	listing_id CHAR(32) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	pumped_from DATE, 
	pumped_to DATE, 
	look BOOLEAN NOT NULL, 
	CONSTRAINT pk_batch PRIMARY KEY (id), 
	CONSTRAINT fk_batch_listing_id_listing FOREIGN KEY(listing_id) REFERENCES listing (id) ON DELETE CASCADE
);
INSERT INTO "batch" VALUES('2bfb29bdd2dc45b29d7a866f23fd08de','01a2020c3b807549a6f929fc67366e1e','frozen','2026-08-24','2026-11-19',0);
INSERT INTO "batch" VALUES('ddc21b3237d545cc82f9f4e0ce98f65b','01a2020c3bd27cdaa20cbb27a757f2b5','refrigerated','2026-11-21','2026-11-22',0);
INSERT INTO "batch" VALUES('37ea22c991644a62972ff22b28daa431','01a2020c3bdd726ba79fccd2f331e8a0','frozen',NULL,NULL,1);
INSERT INTO "batch" VALUES('ec3f862d8fbe45428ebca7941f01e77d','01a2020c3be67e5b838d84921a28e570','frozen','2026-08-24','2026-11-19',0);
CREATE TABLE "block" (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	blocked_id CHAR(32) NOT NULL, 
	made_at DATETIME NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	cell VARCHAR(15) NOT NULL, 
	CONSTRAINT pk_block PRIMARY KEY (id), 
	CONSTRAINT fk_block_blocked_id_person FOREIGN KEY(blocked_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_block_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_block_person_id_blocked_id UNIQUE (person_id, blocked_id)
);
CREATE TABLE change (
	scope VARCHAR(44) NOT NULL, 
	noun VARCHAR(16) NOT NULL, 
	row_id CHAR(32) NOT NULL, 
	seq BIGINT NOT NULL, 
	CONSTRAINT pk_change PRIMARY KEY (scope, noun, row_id)
);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','person','01a2020c3b6b7fa9b3549b1cc2e319b9',1);
INSERT INTO "change" VALUES('sent','','00000000000000000000000000000000',74);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','listing','01a2020c3b807549a6f929fc67366e1e',24);
INSERT INTO "change" VALUES('near:8528f01bfffffff','listing','01a2020c3b807549a6f929fc67366e1e',25);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','listing','01a2020c3bd27cdaa20cbb27a757f2b5',31);
INSERT INTO "change" VALUES('near:8528f01bfffffff','listing','01a2020c3bd27cdaa20cbb27a757f2b5',32);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','listing','01a2020c3bdd726ba79fccd2f331e8a0',38);
INSERT INTO "change" VALUES('near:8528f01bfffffff','listing','01a2020c3bdd726ba79fccd2f331e8a0',39);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','listing','01a2020c3be67e5b838d84921a28e570',45);
INSERT INTO "change" VALUES('near:8528f01bfffffff','listing','01a2020c3be67e5b838d84921a28e570',16);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','person','01a2020c3cc4799ba7695459539eb207',17);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','listing','01a2020c3cd179f1925aa923cadf81dd',46);
INSERT INTO "change" VALUES('near:8528f003fffffff','listing','01a2020c3cd179f1925aa923cadf81dd',47);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','listing','01a2020c3ced78a98860783857d58226',54);
INSERT INTO "change" VALUES('near:8528f003fffffff','listing','01a2020c3ced78a98860783857d58226',55);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','match','01a2020c3d0f788a9498288ca9397b94',48);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','match','01a2020c3d0f788a9498288ca9397b94',49);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','match','01a2020c3d0f7d37a7aa50fa250a7047',56);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','match','01a2020c3d0f7d37a7aa50fa250a7047',57);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','alert','01a2020c3d1778cfb39aef99a7da9d7a',30);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','match','01a2020c3d1d7a3fb4a935829b6bc614',50);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','match','01a2020c3d1d7a3fb4a935829b6bc614',51);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','match','01a2020c3d1d7a478bdea6de82269300',58);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','match','01a2020c3d1d7a478bdea6de82269300',59);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','alert','01a2020c3d217f31bac745373635d409',37);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','match','01a2020c3d29775eb9cb3fa9cf59de00',52);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','match','01a2020c3d29775eb9cb3fa9cf59de00',53);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','match','01a2020c3d2972eca51cb57f50aeac24',60);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','match','01a2020c3d2972eca51cb57f50aeac24',61);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','alert','01a2020c3d34707bb524e5dd8bdbe001',44);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','conversation','8a790634f28f5deead92c3a7cbae04eb',75);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','conversation','8a790634f28f5deead92c3a7cbae04eb',76);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','message','d7dea9f1e94d427e8c450d06395afbc3',65);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','message','d7dea9f1e94d427e8c450d06395afbc3',66);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','alert','01a2020c3ed17ad29f6de7e62660c681',67);
INSERT INTO "change" VALUES('me:01a2020c-3b6b-7fa9-b354-9b1cc2e319b9','message','cfec953b67f1470e995cc81d23d4fa7b',69);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','message','cfec953b67f1470e995cc81d23d4fa7b',70);
INSERT INTO "change" VALUES('me:01a2020c-3cc4-799b-a769-5459539eb207','alert','01a2020c3f157493971e77da1f472f64',73);
CREATE TABLE consent (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	what VARCHAR(16) NOT NULL, 
	version VARCHAR(8) NOT NULL, 
	given_at DATETIME NOT NULL, 
	withdrawn_at DATETIME, 
	CONSTRAINT pk_consent PRIMARY KEY (id), 
	CONSTRAINT fk_consent_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "consent" VALUES('01a2020c3b6e70f8b4df797ab59346bb','01a2020c3b6b7fa9b3549b1cc2e319b9','adult','1','2026-11-22 06:58:05.806828',NULL);
INSERT INTO "consent" VALUES('01a2020c3b6e7a8ab1f81485b6960c6b','01a2020c3b6b7fa9b3549b1cc2e319b9','may_keep','1','2026-11-22 06:58:05.806834',NULL);
INSERT INTO "consent" VALUES('01a2020c3cc57dfb9088af4d199ebf01','01a2020c3cc4799ba7695459539eb207','adult','1','2026-11-22 06:58:06.149536',NULL);
INSERT INTO "consent" VALUES('01a2020c3cc57f89ad93981f63df82b9','01a2020c3cc4799ba7695459539eb207','may_keep','1','2026-11-22 06:58:06.149539',NULL);
CREATE TABLE conversation (
	id CHAR(32) NOT NULL, 
	listing_id CHAR(32), 
	starter_listing_id CHAR(32), 
	owner_id CHAR(32), 
	starter_id CHAR(32), 
	made_at DATETIME NOT NULL, 
	at DATETIME NOT NULL, 
	touched_at DATETIME NOT NULL, 
	position INTEGER NOT NULL, 
	answered BOOLEAN NOT NULL, 
	owner_read INTEGER NOT NULL, 
	starter_read INTEGER NOT NULL, 
	owner_delivered INTEGER NOT NULL, 
	starter_delivered INTEGER NOT NULL, 
	owner_opens JSON NOT NULL, 
	starter_opens JSON NOT NULL, 
	owner_left_at DATETIME, 
	starter_left_at DATETIME, 
	CONSTRAINT pk_conversation PRIMARY KEY (id), 
	CONSTRAINT fk_conversation_listing_id_listing FOREIGN KEY(listing_id) REFERENCES listing (id) ON DELETE SET NULL, 
	CONSTRAINT fk_conversation_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_conversation_starter_id_person FOREIGN KEY(starter_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_conversation_starter_listing_id_listing FOREIGN KEY(starter_listing_id) REFERENCES listing (id) ON DELETE SET NULL
);
INSERT INTO "conversation" VALUES('8a790634f28f5deead92c3a7cbae04eb','01a2020c3b807549a6f929fc67366e1e','01a2020c3ced78a98860783857d58226','01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3cc4799ba7695459539eb207','2026-11-22 06:58:06.423330','2026-11-22 06:58:06.733739','2026-11-22 06:58:06.423333',2,1,2,1,2,1,'["details", "name"]','[]',NULL,NULL);
CREATE TABLE delivery (
	id CHAR(32) NOT NULL, 
	alert_id CHAR(32) NOT NULL, 
	device_id CHAR(32) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	due_at DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	reason VARCHAR(40) NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_delivery PRIMARY KEY (id), 
	CONSTRAINT fk_delivery_alert_id_alert FOREIGN KEY(alert_id) REFERENCES alert (id) ON DELETE CASCADE, 
	CONSTRAINT fk_delivery_device_id_device FOREIGN KEY(device_id) REFERENCES device (id) ON DELETE CASCADE, 
	CONSTRAINT uq_delivery_alert_id_device_id UNIQUE (alert_id, device_id)
);
CREATE TABLE device (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	made_at DATETIME NOT NULL, 
	endpoint TEXT, 
	p256dh VARCHAR(120) NOT NULL, 
	auth VARCHAR(40) NOT NULL, 
	last_sent_at DATETIME, 
	last_failure VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_device PRIMARY KEY (id), 
	CONSTRAINT fk_device_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_device_endpoint UNIQUE (endpoint)
);
INSERT INTO "device" VALUES('9727796fe2af45d6a2a7798bfeb0e0fa','01a2020c3b6b7fa9b3549b1cc2e319b9','2026-11-22 06:58:05.828672',NULL,'','',NULL,'');
INSERT INTO "device" VALUES('6cdc8b9a8e91472cb058b04e23a99937','01a2020c3cc4799ba7695459539eb207','2026-11-22 06:58:06.163013',NULL,'','',NULL,'');
CREATE TABLE erased_device (
	id CHAR(32) NOT NULL, 
	erased_at DATETIME NOT NULL, 
	CONSTRAINT pk_erased_device PRIMARY KEY (id)
);
CREATE TABLE feed_counter (
	id INTEGER NOT NULL, 
	seq BIGINT NOT NULL, 
	CONSTRAINT pk_feed_counter PRIMARY KEY (id)
);
INSERT INTO "feed_counter" VALUES(1,76);
CREATE TABLE held_listing (
	listing_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_held_listing PRIMARY KEY (listing_id), 
	CONSTRAINT fk_held_listing_listing_id_listing FOREIGN KEY(listing_id) REFERENCES listing (id) ON DELETE CASCADE
);
CREATE TABLE "listing" (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	status VARCHAR(10) NOT NULL, 
	volume_ml INTEGER NOT NULL, 
	place VARCHAR(80) NOT NULL, 
	cell VARCHAR(15) NOT NULL, 
	feed_cell VARCHAR(15) NOT NULL, 
	reach_km INTEGER NOT NULL, 
	handover JSON NOT NULL, 
	note TEXT NOT NULL, 
	open_days INTEGER NOT NULL, 
	age_band VARCHAR(12) NOT NULL, 
	bereaved BOOLEAN NOT NULL, 
	show_belief BOOLEAN NOT NULL, 
	diet JSON NOT NULL, 
	exposures JSON NOT NULL, 
	details JSON NOT NULL, 
	need VARCHAR(16) NOT NULL, 
	by_on DATE, 
	daily_ml INTEGER, 
	avoid JSON NOT NULL, 
	milk_age_months INTEGER, 
	fragile VARCHAR(20) NOT NULL, 
	clinician_read BOOLEAN NOT NULL, 
	told INTEGER NOT NULL, 
	published_at DATETIME NOT NULL, 
	fresh_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	emergency_until DATETIME, 
	match_due_at DATETIME, 
	total_ml INTEGER NOT NULL, 
	CONSTRAINT pk_listing PRIMARY KEY (id), 
	CONSTRAINT ck_listing_volume_ml CHECK (volume_ml >= 0), 
	CONSTRAINT fk_listing_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT ck_listing_kind CHECK (kind IN ('offer', 'request'))
);
INSERT INTO "listing" VALUES('01a2020c3b807549a6f929fc67366e1e','01a2020c3b6b7fa9b3549b1cc2e319b9','offer','open',11830,'','8728f0195ffffff','8528f01bfffffff',16,'["public_place"]','at the market',30,'3_6m',0,1,'{"dairy_free": "2026-05-06", "halal": "2020-01-01"}','{"medicine": "some", "alcohol": "none"}','{"medicine": "cetirizine"}','',NULL,NULL,'[]',NULL,'',0,1,'2026-11-22 06:58:05.871844','2026-11-22 06:58:05.871844','2026-12-22 06:58:05.871844',NULL,NULL,11830);
INSERT INTO "listing" VALUES('01a2020c3bd27cdaa20cbb27a757f2b5','01a2020c3b6b7fa9b3549b1cc2e319b9','offer','open',600,'','8728f0195ffffff','8528f01bfffffff',16,'["public_place"]','',30,'',0,0,'{"dairy_free": "2026-05-06"}','{}','{}','',NULL,NULL,'[]',NULL,'',0,1,'2026-11-22 06:58:05.910675','2026-11-22 06:58:05.910675','2026-11-25 23:59:59.999999',NULL,NULL,600);
INSERT INTO "listing" VALUES('01a2020c3bdd726ba79fccd2f331e8a0','01a2020c3b6b7fa9b3549b1cc2e319b9','offer','open',1200,'','8728f0195ffffff','8528f01bfffffff',16,'["public_place"]','',30,'',0,0,'{"dairy_free": "2026-05-06"}','{}','{}','',NULL,NULL,'[]',NULL,'',0,1,'2026-11-22 06:58:05.920471','2026-11-22 06:58:05.920471','2026-12-22 06:58:05.920471',NULL,NULL,1200);
INSERT INTO "listing" VALUES('01a2020c3be67e5b838d84921a28e570','01a2020c3b6b7fa9b3549b1cc2e319b9','offer','withdrawn',1300,'','8728f0195ffffff','8528f01bfffffff',16,'["public_place"]','',30,'',0,0,'{"dairy_free": "2026-05-06"}','{}','{}','',NULL,NULL,'[]',NULL,'',0,0,'2026-11-22 06:58:05.929241','2026-11-22 06:58:05.929241','2026-12-22 06:58:05.929241',NULL,NULL,1300);
INSERT INTO "listing" VALUES('01a2020c3cd179f1925aa923cadf81dd','01a2020c3cc4799ba7695459539eb207','request','open',591,'','8728f0004ffffff','8528f003fffffff',48,'[]','',14,'',0,0,'{"dairy_free": 3, "vegan": 5}','{}','{}','short',NULL,450,'["medicine", "nicotine"]',6,'preterm',1,0,'2026-11-22 06:58:06.172240','2026-11-22 06:58:06.172240','2026-12-06 06:58:06.172240',NULL,NULL,591);
INSERT INTO "listing" VALUES('01a2020c3ced78a98860783857d58226','01a2020c3cc4799ba7695459539eb207','request','open',591,'','8728f0004ffffff','8528f003fffffff',48,'[]','',14,'',0,0,'{}','{}','{}','short',NULL,NULL,'[]',NULL,'',0,0,'2026-11-22 06:58:06.196205','2026-11-22 06:58:06.196205','2026-12-06 06:58:06.196205',NULL,NULL,591);
CREATE TABLE "match" (
	id CHAR(32) NOT NULL, 
	offer_id CHAR(32) NOT NULL, 
	request_id CHAR(32) NOT NULL, 
	donor_id CHAR(32) NOT NULL, 
	recipient_id CHAR(32) NOT NULL, 
	fit VARCHAR(8) NOT NULL, 
	lines JSON NOT NULL, 
	rank INTEGER NOT NULL, 
	holds BOOLEAN NOT NULL, 
	made_at DATETIME NOT NULL, 
	looked_at DATETIME NOT NULL, 
	CONSTRAINT pk_match PRIMARY KEY (id), 
	CONSTRAINT fk_match_donor_id_person FOREIGN KEY(donor_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_match_offer_id_listing FOREIGN KEY(offer_id) REFERENCES listing (id) ON DELETE CASCADE, 
	CONSTRAINT fk_match_recipient_id_person FOREIGN KEY(recipient_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_match_request_id_listing FOREIGN KEY(request_id) REFERENCES listing (id) ON DELETE CASCADE, 
	CONSTRAINT uq_match_offer_id_request_id UNIQUE (offer_id, request_id)
);
INSERT INTO "match" VALUES('01a2020c3d0f788a9498288ca9397b94','01a2020c3b807549a6f929fc67366e1e','01a2020c3cd179f1925aa923cadf81dd','01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3cc4799ba7695459539eb207','unknown','[{"what": "kind", "verdict": "fits"}, {"what": "open", "verdict": "fits"}, {"what": "people", "verdict": "fits"}, {"what": "reach", "verdict": "fits", "distance_km": 19}, {"what": "amount", "verdict": "fits", "volume_ml": 591}, {"what": "dairy_free", "verdict": "fits", "since": "2026-05-06", "weeks": 3}, {"what": "vegan", "verdict": "unknown", "weeks": 5}, {"what": "medicine", "verdict": "unknown"}, {"what": "nicotine", "verdict": "unknown"}, {"what": "milk_age", "verdict": "fits", "months": 6}]',610190,1,'2026-11-22 06:58:06.223703','2026-11-22 06:58:06.273671');
INSERT INTO "match" VALUES('01a2020c3d0f7d37a7aa50fa250a7047','01a2020c3b807549a6f929fc67366e1e','01a2020c3ced78a98860783857d58226','01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3cc4799ba7695459539eb207','whole','[{"what": "kind", "verdict": "fits"}, {"what": "open", "verdict": "fits"}, {"what": "people", "verdict": "fits"}, {"what": "reach", "verdict": "fits", "distance_km": 19}, {"what": "amount", "verdict": "fits", "volume_ml": 591}]',300190,1,'2026-11-22 06:58:06.223706','2026-11-22 06:58:06.306912');
INSERT INTO "match" VALUES('01a2020c3d1d7a3fb4a935829b6bc614','01a2020c3bd27cdaa20cbb27a757f2b5','01a2020c3cd179f1925aa923cadf81dd','01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3cc4799ba7695459539eb207','unknown','[{"what": "kind", "verdict": "fits"}, {"what": "open", "verdict": "fits"}, {"what": "people", "verdict": "fits"}, {"what": "reach", "verdict": "fits", "distance_km": 19}, {"what": "amount", "verdict": "fits", "volume_ml": 591}, {"what": "dairy_free", "verdict": "fits", "since": "2026-05-06", "weeks": 3}, {"what": "vegan", "verdict": "unknown", "weeks": 5}, {"what": "medicine", "verdict": "unknown"}, {"what": "nicotine", "verdict": "unknown"}, {"what": "milk_age", "verdict": "fits", "months": 6}]',610190,1,'2026-11-22 06:58:06.237045','2026-11-22 06:58:06.273787');
INSERT INTO "match" VALUES('01a2020c3d1d7a478bdea6de82269300','01a2020c3bd27cdaa20cbb27a757f2b5','01a2020c3ced78a98860783857d58226','01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3cc4799ba7695459539eb207','whole','[{"what": "kind", "verdict": "fits"}, {"what": "open", "verdict": "fits"}, {"what": "people", "verdict": "fits"}, {"what": "reach", "verdict": "fits", "distance_km": 19}, {"what": "amount", "verdict": "fits", "volume_ml": 591}]',300190,1,'2026-11-22 06:58:06.237048','2026-11-22 06:58:06.306992');
INSERT INTO "match" VALUES('01a2020c3d29775eb9cb3fa9cf59de00','01a2020c3bdd726ba79fccd2f331e8a0','01a2020c3cd179f1925aa923cadf81dd','01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3cc4799ba7695459539eb207','unknown','[{"what": "kind", "verdict": "fits"}, {"what": "open", "verdict": "fits"}, {"what": "people", "verdict": "fits"}, {"what": "reach", "verdict": "fits", "distance_km": 19}, {"what": "amount", "verdict": "fits", "volume_ml": 591}, {"what": "dairy_free", "verdict": "unknown", "since": "2026-05-06", "weeks": 3}, {"what": "vegan", "verdict": "unknown", "weeks": 5}, {"what": "medicine", "verdict": "unknown"}, {"what": "nicotine", "verdict": "unknown"}, {"what": "milk_age", "verdict": "unknown", "months": 6}]',610190,1,'2026-11-22 06:58:06.249318','2026-11-22 06:58:06.273877');
INSERT INTO "match" VALUES('01a2020c3d2972eca51cb57f50aeac24','01a2020c3bdd726ba79fccd2f331e8a0','01a2020c3ced78a98860783857d58226','01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3cc4799ba7695459539eb207','whole','[{"what": "kind", "verdict": "fits"}, {"what": "open", "verdict": "fits"}, {"what": "people", "verdict": "fits"}, {"what": "reach", "verdict": "fits", "distance_km": 19}, {"what": "amount", "verdict": "fits", "volume_ml": 591}]',300190,1,'2026-11-22 06:58:06.249320','2026-11-22 06:58:06.307056');
CREATE TABLE message (
	id CHAR(32) NOT NULL, 
	conversation_id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_message PRIMARY KEY (id), 
	CONSTRAINT fk_message_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE, 
	CONSTRAINT fk_message_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_message_conversation_id_position UNIQUE (conversation_id, position)
);
INSERT INTO "message" VALUES('d7dea9f1e94d427e8c450d06395afbc3','8a790634f28f5deead92c3a7cbae04eb','01a2020c3cc4799ba7695459539eb207',1,'Is there some for us?','2026-11-22 06:58:06.671107');
INSERT INTO "message" VALUES('cfec953b67f1470e995cc81d23d4fa7b','8a790634f28f5deead92c3a7cbae04eb','01a2020c3b6b7fa9b3549b1cc2e319b9',2,'Gladly.','2026-11-22 06:58:06.738583');
CREATE TABLE move (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	what VARCHAR(40) NOT NULL, 
	moved_at DATETIME NOT NULL, 
	CONSTRAINT pk_move PRIMARY KEY (id), 
	CONSTRAINT fk_move_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE outcome (
	person_id CHAR(32) NOT NULL, 
	operation_id CHAR(32) NOT NULL, 
	outcome VARCHAR(8) NOT NULL, 
	noun VARCHAR(16) NOT NULL, 
	row_id CHAR(32), 
	errors JSON NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_outcome PRIMARY KEY (person_id, operation_id), 
	CONSTRAINT fk_outcome_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "outcome" VALUES('01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3b80789382e76664e595664b','done','listing','01a2020c3b807549a6f929fc67366e1e','{}','2026-11-22 06:58:05.838547');
INSERT INTO "outcome" VALUES('01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3bd279ce9271f7021faa06d8','done','listing','01a2020c3bd27cdaa20cbb27a757f2b5','{}','2026-11-22 06:58:05.908886');
INSERT INTO "outcome" VALUES('01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3bdd7eb29de2c86bdbba7eab','done','listing','01a2020c3bdd726ba79fccd2f331e8a0','{}','2026-11-22 06:58:05.919034');
INSERT INTO "outcome" VALUES('01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3be676a898d194c50a0a61e2','done','listing','01a2020c3be67e5b838d84921a28e570','{}','2026-11-22 06:58:05.927836');
INSERT INTO "outcome" VALUES('01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3bef79c2b6cf567cc98d96bf','done','listing','01a2020c3be67e5b838d84921a28e570','{}','2026-11-22 06:58:05.936408');
INSERT INTO "outcome" VALUES('01a2020c3cc4799ba7695459539eb207','01a2020c3cd173da8f74e54504f0ba2e','done','listing','01a2020c3cd179f1925aa923cadf81dd','{}','2026-11-22 06:58:06.170562');
INSERT INTO "outcome" VALUES('01a2020c3cc4799ba7695459539eb207','01a2020c3ced7990b6b4c0ee9b8359ef','done','listing','01a2020c3ced78a98860783857d58226','{}','2026-11-22 06:58:06.195200');
INSERT INTO "outcome" VALUES('01a2020c3cc4799ba7695459539eb207','01a2020c3da77c10a8e49507551a8aa5','done','message','d7dea9f1e94d427e8c450d06395afbc3','{}','2026-11-22 06:58:06.376829');
INSERT INTO "outcome" VALUES('01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3f097983ad76a8fee72bd67d','done','message','cfec953b67f1470e995cc81d23d4fa7b','{}','2026-11-22 06:58:06.731705');
INSERT INTO "outcome" VALUES('01a2020c3b6b7fa9b3549b1cc2e319b9','01a2020c3f2c7984bdb948ba9ff83528','done','conversation','8a790634f28f5deead92c3a7cbae04eb','{}','2026-11-22 06:58:06.765619');
CREATE TABLE "person" (
	id CHAR(32) NOT NULL, 
	email VARCHAR(254) NOT NULL, 
	password_hash VARCHAR(255) NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	writes_as VARCHAR(16) NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	time_zone VARCHAR(64) NOT NULL, 
	units VARCHAR(2) NOT NULL, 
	place VARCHAR(80) NOT NULL, 
	place_name VARCHAR(200) NOT NULL, 
	country VARCHAR(2) NOT NULL, 
	cell VARCHAR(15) NOT NULL, 
	reach_km INTEGER NOT NULL, 
	ask_me BOOLEAN NOT NULL, 
	alerts_detail BOOLEAN NOT NULL, 
	near_epoch INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	welcomed_at DATETIME, 
	suspended_at DATETIME, 
	read_marks BOOLEAN NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT uq_person_email UNIQUE (email)
);
INSERT INTO "person" VALUES('01a2020c3b6b7fa9b3549b1cc2e319b9','1@example.org','$argon2id$v=19$m=65536,t=3,p=4$Dixf+FgxXHfeL2kz/KLv2Q$7JDRtTTIbC9chKwvkDKtiJHQodUuGwhAf3ZJhWNJui0','Rosa','parent','en','America/Los_Angeles','oz','cell:8728f0195ffffff','Rosa','US','8728f0195ffffff',40,1,0,0,'2026-11-22 06:58:05.803843','2026-11-22 06:58:05.804384',NULL,0);
INSERT INTO "person" VALUES('01a2020c3cc4799ba7695459539eb207','2@example.org','$argon2id$v=19$m=65536,t=3,p=4$AuW22J4M2w9f85YX39H84g$ZpVGHRUr8jhJtpuDYsXv0vX3Mg+G6H9CIP5QNbQxOhA','June','parent','en','America/Los_Angeles','oz','cell:8728f0004ffffff','June','US','8728f0004ffffff',40,1,0,0,'2026-11-22 06:58:06.148173','2026-11-22 06:58:06.148455',NULL,0);
CREATE TABLE report (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	reported_id CHAR(32) NOT NULL, 
	listing_id CHAR(32), 
	conversation_id CHAR(32), 
	reason VARCHAR(12) NOT NULL, 
	note TEXT NOT NULL, 
	made_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	CONSTRAINT pk_report PRIMARY KEY (id), 
	CONSTRAINT fk_report_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE SET NULL, 
	CONSTRAINT fk_report_listing_id_listing FOREIGN KEY(listing_id) REFERENCES listing (id) ON DELETE SET NULL, 
	CONSTRAINT fk_report_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_report_reported_id_person FOREIGN KEY(reported_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE session (
	id VARCHAR(43) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	made_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_session PRIMARY KEY (id), 
	CONSTRAINT fk_session_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "session" VALUES('3uOnSFMwNayoiEmVejOg4qwPZ84b_ox08toziH9gNEQ','01a2020c3b6b7fa9b3549b1cc2e319b9','2026-11-22 06:58:05.813896','2026-11-22 06:58:05.813898');
INSERT INTO "session" VALUES('Q5QI21LBv_Ze-O6xGuUlAYgSW87yWhuxMEG9fxHT3Bs','01a2020c3cc4799ba7695459539eb207','2026-11-22 06:58:06.158731','2026-11-22 06:58:06.158733');
CREATE TABLE timeline (
	id VARCHAR(12) NOT NULL, 
	number INTEGER NOT NULL, 
	first_seq BIGINT NOT NULL, 
	begun_at DATETIME NOT NULL, 
	CONSTRAINT pk_timeline PRIMARY KEY (id), 
	CONSTRAINT uq_timeline_number UNIQUE (number)
);
INSERT INTO "timeline" VALUES('807e7021b007',1,0,'2026-11-22 06:58:05.681227');
CREATE TABLE waiting (
	id CHAR(32) NOT NULL, 
	listing_id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_waiting PRIMARY KEY (id), 
	CONSTRAINT fk_waiting_listing_id_listing FOREIGN KEY(listing_id) REFERENCES listing (id) ON DELETE CASCADE, 
	CONSTRAINT fk_waiting_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_waiting_listing_id_person_id UNIQUE (listing_id, person_id)
);
CREATE INDEX ix_change_scope_seq ON change (scope, seq);
CREATE INDEX ix_consent_person_id ON consent (person_id);
CREATE INDEX ix_device_person_id ON device (person_id);
CREATE INDEX ix_move_person_id ON move (person_id, what, moved_at);
CREATE INDEX ix_session_person_id ON session (person_id);
CREATE INDEX ix_batch_listing_id ON batch (listing_id);
CREATE INDEX ix_match_donor_id ON "match" (donor_id);
CREATE INDEX ix_match_recipient_id ON "match" (recipient_id);
CREATE INDEX ix_match_request_id ON "match" (request_id);
CREATE INDEX ix_delivery_device_id ON delivery (device_id);
CREATE INDEX ix_delivery_due ON delivery (due_at) WHERE state = 'due';
CREATE INDEX ix_conversation_listing_id ON conversation (listing_id);
CREATE INDEX ix_conversation_owner_id ON conversation (owner_id);
CREATE INDEX ix_conversation_starter_id ON conversation (starter_id, made_at);
CREATE INDEX ix_conversation_starter_listing_id ON conversation (starter_listing_id);
CREATE INDEX ix_waiting_person_id ON waiting (person_id);
CREATE INDEX ix_message_person_id ON message (person_id);
CREATE INDEX ix_alert_match_id ON alert (match_id);
CREATE INDEX ix_alert_conversation_id ON alert (conversation_id);
CREATE INDEX ix_alert_listing_id ON alert (listing_id);
CREATE INDEX ix_report_conversation_id ON report (conversation_id);
CREATE INDEX ix_report_listing_id ON report (listing_id);
CREATE INDEX ix_report_person_id ON report (person_id, made_at);
CREATE INDEX ix_report_reported_id ON report (reported_id);
CREATE INDEX ix_block_blocked_id ON block (blocked_id);
CREATE INDEX ix_listing_expires_at ON listing (expires_at) WHERE status IN ('open', 'paused');
CREATE INDEX ix_listing_match_due_at ON listing (match_due_at) WHERE match_due_at IS NOT NULL;
CREATE INDEX ix_listing_person_id ON listing (person_id);
CREATE INDEX ix_listing_emergency_until ON listing (emergency_until) WHERE emergency_until IS NOT NULL;
CREATE INDEX ix_listing_open ON listing (feed_cell, kind, published_at, id, cell, person_id) WHERE status = 'open';
COMMIT;