window.YTD.profile.part0 = [
  {
    "profile": {
      "description": {
        "bio": "Walls &amp; lights",
        "website": "",
        "location": "Porto"
      },
      "avatarMediaUrl": ""
    }
  }
]