window.YTD.direct_messages.part0 = [
  {
    "dmConversation": {
      "conversationId": "4242-77",
      "messages": [
        {
          "messageCreate": {
            "recipientId": "77",
            "reactions": [],
            "urls": [
              {
                "url": "https://t.co/x",
                "expanded": "https://news.example/a",
                "display": "news.example/a"
              }
            ],
            "text": "Seen this? &amp; so on https://t.co/x",
            "mediaUrls": [],
            "senderId": "4242",
            "id": "1300000000000000003",
            "createdAt": "2020-09-01T10:00:03.000Z",
            "editHistory": []
          }
        },
        {
          "messageCreate": {
            "recipientId": "4242",
            "reactions": [],
            "urls": [],
            "text": "",
            "mediaUrls": [
              "https://ton.example/1.jpg"
            ],
            "senderId": "77",
            "id": "1300000000000000002",
            "createdAt": "2020-09-01T10:00:02.000Z"
          }
        },
        {
          "joinConversation": {
            "initiatingUserId": "77",
            "participantsSnapshot": [
              "4242",
              "77"
            ],
            "createdAt": "2020-09-01T10:00:00.000Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "4242",
            "text": "no id",
            "senderId": "77",
            "createdAt": "2020-09-01T10:00:02.000Z"
          }
        }
      ]
    }
  }
]