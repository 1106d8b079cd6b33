Grailbird.data.tweets_2012_11 = 
 [
 {
  "source": "web",
  "entities": {
   "user_mentions": [],
   "media": [],
   "hashtags": [],
   "urls": []
  },
  "geo": {},
  "id_str": "270000000000000001",
  "text": "The oldest kind of archive",
  "id": 270000000000000001,
  "created_at": "2012-11-18 02:00:38 +0000",
  "user": {
   "name": "Ann Owner",
   "screen_name": "ann_owner",
   "protected": false,
   "id_str": "4242",
   "id": 4242,
   "verified": false
  }
 }
]