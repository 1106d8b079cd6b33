window.YTD.deleted_tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "555"
          ],
          "editableUntil": "2023-02-10T19:20:25.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
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
        "25"
      ],
      "favorite_count": "12",
      "id_str": "555",
      "truncated": false,
      "retweet_count": "3",
      "id": "555",
      "created_at": "Fri Feb 10 18:20:25 +0000 2023",
      "favorited": false,
      "full_text": "gone but kept for a while",
      "lang": "en",
      "deleted_at": "Sat Feb 11 10:00:00 +0000 2023"
    }
  }
]