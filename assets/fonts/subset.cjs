// Makes the Korean font: Hangul, kana, East Asian punctuation and full-width forms only.
const fs=require('fs'),s=require('subset-font');
let t='';for(const [a,b] of [[0x20,0x7e],[0x1100,0x11ff],[0x3130,0x318f],[0xa960,0xa97f],[0xac00,0xd7a3],[0xd7b0,0xd7ff],[0x3200,0x321e],[0x3260,0x327f],[0x3000,0x30ff],[0x31f0,0x31ff],[0xff00,0xffef]])for(let c=a;c<=b;c++)t+=String.fromCodePoint(c);
(async()=>{const o=await s(fs.readFileSync('node_modules/@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf'),t,{targetFormat:'truetype',noHinting:true,keepFeatures:['ccmp','ljmo','vjmo','tjmo']});fs.writeFileSync('NotoSansKR-HangulKana.ttf',o);console.log(o.length)})();
