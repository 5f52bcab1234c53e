-- A neutralised copy keeps links and journal but can reach nobody's Google.
DELETE FROM google_sync_token;
DELETE FROM google_sync_consent;
DELETE FROM google_sync_channel;
DELETE FROM google_sync_knock;
UPDATE google_sync_account SET state = 'suspended' WHERE state <> 'off';
UPDATE res_company
   SET google_sync_client_id = NULL,
       google_sync_client_secret = NULL,
       google_sync_api_key = NULL;
