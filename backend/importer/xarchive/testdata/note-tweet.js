window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "1624108326",
      "updatedAt": "2023-02-10T18:20:25.000Z",
      "createdAt": "2023-02-10T18:20:25.000Z",
      "core": {
        "styletags": [],
        "urls": [],
        "text": "The long tale of the harbour wall, told from the first stone to the last, with every storm that it saw, the names of those who mended it, and the year in which the light at its end went out for good, which nobody in the town has ever forgotten. The end.",
        "mentions": [],
        "cashtags": [],
        "hashtags": []
      }
    }
  }
]