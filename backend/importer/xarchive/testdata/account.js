window.YTD.account.part0 = [
  {
    "account": {
      "email": "ann@mail.example",
      "createdVia": "web",
      "username": "ann_owner",
      "accountId": "4242",
      "createdAt": "2009-05-01T10:00:00.000Z",
      "accountDisplayName": "Ann &amp; Co"
    }
  }
]