window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1624108327213010944"
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
        "urls": [
          {
            "url": "https://t.co/abc",
            "expanded_url": "https://twitter.com/i/web/status/1624108327213010944"
          }
        ]
      },
      "display_text_range": [
        "0",
        "251"
      ],
      "favorite_count": "12",
      "id_str": "1624108327213010944",
      "truncated": false,
      "retweet_count": "3",
      "id": "1624108327213010944",
      "created_at": "Fri Feb 10 18:20:25 +0000 2023",
      "favorited": false,
      "full_text": "The long tale of the harbour wall, told from the first stone to the last, with every storm that it saw, the names of those who mended it, and the year in which the light at its end went out for good, which nobody in the town has ever… https://t.co/abc",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1624108327213010945"
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
        "user_mentions": [
          {
            "name": "O",
            "screen_name": "Other_One",
            "indices": [
              "3",
              "13"
            ],
            "id_str": "77",
            "id": "77"
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "88"
      ],
      "favorite_count": "0",
      "id_str": "1624108327213010945",
      "truncated": false,
      "retweet_count": "3",
      "id": "1624108327213010945",
      "created_at": "Fri Feb 10 18:20:25 +0000 2023",
      "favorited": false,
      "full_text": "RT @Other_One: The wall &amp; the light, a tale in ever so many parts that is cut at th…",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1624108327213010946"
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
        "43"
      ],
      "favorite_count": "12",
      "id_str": "1624108327213010946",
      "truncated": false,
      "retweet_count": "3",
      "id": "1624108327213010946",
      "created_at": "Fri Feb 10 18:20:25 +0000 2023",
      "favorited": false,
      "full_text": "RT @gone_account: no mention is listed here",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1624108327213010947"
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
        "23"
      ],
      "favorite_count": "12",
      "id_str": "1624108327213010947",
      "truncated": false,
      "retweet_count": "3",
      "id": "1624108327213010947",
      "created_at": "Fri Feb 10 18:20:25 +0000 2023",
      "favorited": false,
      "full_text": "@Other_One no &lt;b&gt;",
      "lang": "en",
      "in_reply_to_status_id_str": "1624000000000000000",
      "in_reply_to_status_id": "1624000000000000000",
      "in_reply_to_user_id": "77",
      "in_reply_to_user_id_str": "77",
      "in_reply_to_screen_name": "Other_One",
      "coordinates": {
        "type": "Point",
        "coordinates": [
          "-8.61",
          "41.15"
        ]
      }
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1624108327213010948"
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
        "19"
      ],
      "favorite_count": "12",
      "id_str": "1624108327213010948",
      "truncated": false,
      "retweet_count": "3",
      "id": "1624108327213010948",
      "created_at": "Fri Feb 10 18:20:25 +0000 2023",
      "favorited": false,
      "full_text": "Look https://t.co/p",
      "lang": "en",
      "extended_entities": {
        "media": [
          {
            "type": "photo",
            "media_url_https": "https://img.example/1.jpg",
            "id_str": "5"
          },
          {
            "type": "photo",
            "media_url_https": "https://img.example/2.jpg",
            "id_str": "6"
          }
        ]
      }
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1"
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
        "16"
      ],
      "favorite_count": "12",
      "truncated": false,
      "retweet_count": "3",
      "created_at": "Fri Feb 10 18:20:25 +0000 2023",
      "favorited": false,
      "full_text": "nothing names me",
      "lang": "en"
    }
  }
]