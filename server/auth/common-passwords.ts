/** The commonest passwords of ten characters and more, in lower case: what a guesser tries first. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `1234567890 0123456789 9876543210 0987654321 1234567891 12345678910 123456789a 1234512345 1122334455 1111111111
   0000000000 1234554321 1357924680 0123456789a 123123123123 12344321 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qaz2wsx3e
   q1w2e3r4t5 q1w2e3r4t5y6 qwertyuiop qwertyuiop1 qwertyuiop123 qwerty123456 qwerty12345 qwerty1234 qwertyqwerty
   qwerty123! qwertzuiop azertyuiop asdfghjkl1 asdfghjkl123 asdfasdfasdf asdfghjkl; zxcvbnm123 zxcvbnm1234 1234qwerasdf
   qazwsxedcrfv qazwsxedc1 qazwsxedc123 abcdefghij abcdefghijk abcdefghijkl abcd123456 abc1234567 abc123abc123 a123456789
   a1234567890 aa12345678 aa123456789 asd123456789 password12 password123 password1234 password12345 password123456
   password1! password01 password11 password99 password2020 password2021 password2022 password2023 password2024
   password2025 password2026 passwordpassword passw0rd123 p@ssw0rd123 p@ssword123 p@ssw0rd1234 pa55word123 mypassword
   mypassword1 mypassword123 yourpassword newpassword newpassword1 changeme123 changeme1234 letmein123 letmein1234
   letmeinplease welcome123 welcome1234 welcome12345 welcome2024 welcome2025 welcome2026 admin12345 admin123456
   administrator administrator1 superadmin superadmin123 iloveyou123 iloveyou12 iloveyou1234 iloveyousomuch ilovemyself
   ilovejesus jesuschrist godisgood1 blessed123 sunshine123 sunshine12 princess123 princess12 football123 football12
   baseball123 basketball basketball1 liverpool1 liverpool123 manchester manchester1 barcelona1 barcelona123 realmadrid
   chelsea123 arsenal123 juventus123 cristiano7 superman123 batman1234 spiderman1 spiderman123 pokemon123 starwars123
   starwars12 harrypotter minecraft1 minecraft123 whatever123 michelle123 jennifer123 jessica123 charlie123 jordan1234
   michael123 michelle12 alexander1 christopher elizabeth1 computer123 computer12 internet123 internet12 samsung123
   google1234 facebook123 facebook12 instagram1 whatsapp123 whatsapp12 linkedin123 mustang123 corvette123 chocolate1
   chocolate123 butterfly1 butterfly123 strawberry blueberry1 watermelon pineapple1 cheesecake dragon1234 monkey1234
   master1234 shadow1234 killer1234 hello12345 hello123456 helloworld helloworld1 test123456 test1234567 testtest12
   testtest123 testing123 testing1234 qweasdzxc1 qweasdzxc123 qwe123qwe123 qweqweqwe1 q123456789 z123456789 s123456789
   contraseña contrasena1 contraseña1 passwort123 motdepasse motdepasse1 senha12345 parola1234 wachtwoord wachtwoord1
   correcthorsebatterystaple parley-demo parleydemo parley1234 summer2024 summer2025 summer2026 winter2024 winter2025
   winter2026 spring2026 autumn2026 january2026 november2026 december2025`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
