window.YTD.tweet.part0 = [
  {
    "retweeted": false,
    "source": "<a href=\"https://app.example\" rel=\"nofollow\">App</a>",
    "entities": {
      "hashtags": [],
      "symbols": [],
      "user_mentions": [],
      "urls": []
    },
    "display_text_range": [
      "0",
      "40"
    ],
    "favorite_count": "12",
    "id_str": "901",
    "truncated": false,
    "retweet_count": "3",
    "id": "901",
    "created_at": "2010-07-07 17:39:26 +0000",
    "favorited": false,
    "full_text": "an older archive has no frame, nor edits",
    "lang": "en"
  }
]