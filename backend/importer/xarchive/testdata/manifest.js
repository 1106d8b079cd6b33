window.__THAR_CONFIG = {
 "userInfo" : {"accountId" : "4242", "userName" : "ann_owner", "displayName" : "Ann"},
 "archiveInfo": {"sizeBytes": "1"}
}