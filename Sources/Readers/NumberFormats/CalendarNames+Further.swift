// SPDX-License-Identifier: Apache-2.0

// Months as they stand behind a day; an underscore stands for a space within a name.

extension CalendarNames {
    static let furtherLanguages: [Int: CalendarNames] = [
        0x01: CalendarNames(
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
            "الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت", "الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت"),
        0x02: CalendarNames(
            "януари февруари март април май юни юли август септември октомври ноември декември",
            "яну фев март апр май юни юли авг сеп окт ное дек",
            "неделя понеделник вторник сряда четвъртък петък събота", "нд пн вт ср чт пт сб"),
        0x03: CalendarNames(
            "de_gener de_febrer de_març d’abril de_maig de_juny de_juliol d’agost de_setembre d’octubre de_novembre de_desembre",
            "de_gen. de_febr. de_març d’abr. de_maig de_juny de_jul. d’ag. de_set. d’oct. de_nov. de_des.",
            "diumenge dilluns dimarts dimecres dijous divendres dissabte", "dg. dl. dt. dc. dj. dv. ds."),
        0x05: CalendarNames(
            "ledna února března dubna května června července srpna září října listopadu prosince",
            "led úno bře dub kvě čvn čvc srp zář říj lis pro",
            "neděle pondělí úterý středa čtvrtek pátek sobota", "ne po út st čt pá so"),
        0x08: CalendarNames(
            "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
            "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
            "Κυριακή Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο", "Κυρ Δευ Τρί Τετ Πέμ Παρ Σάβ"),
        0x0B: CalendarNames(
            "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
            "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
            "sunnuntai maanantai tiistai keskiviikko torstai perjantai lauantai", "su ma ti ke to pe la"),
        0x0D: CalendarNames(
            "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
            "ינו׳ פבר׳ מרץ אפר׳ מאי יוני יולי אוג׳ ספט׳ אוק׳ נוב׳ דצמ׳",
            "יום_ראשון יום_שני יום_שלישי יום_רביעי יום_חמישי יום_שישי יום_שבת", "יום_א׳ יום_ב׳ יום_ג׳ יום_ד׳ יום_ה׳ יום_ו׳ שבת"),
        0x0E: CalendarNames(
            "január február március április május június július augusztus szeptember október november december",
            "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
            "vasárnap hétfő kedd szerda csütörtök péntek szombat", "V H K Sze Cs P Szo"),
        0x0F: CalendarNames(
            "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
            "jan. feb. mar. apr. maí jún. júl. ágú. sep. okt. nóv. des.",
            "sunnudagur mánudagur þriðjudagur miðvikudagur fimmtudagur föstudagur laugardagur", "sun. mán. þri. mið. fim. fös. lau."),
        0x14: CalendarNames(
            "januar februar mars april mai juni juli august september oktober november desember",
            "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
            "søndag mandag tirsdag onsdag torsdag fredag lørdag", "søn. man. tir. ons. tor. fre. lør."),
        0x18: CalendarNames(
            "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
            "ian. feb. mar. apr. mai iun. iul. aug. sept. oct. nov. dec.",
            "duminică luni marți miercuri joi vineri sâmbătă", "dum. lun. mar. mie. joi vin. sâm."),
        0x19: CalendarNames(
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
            "янв фев мар апр май июн июл авг сен окт ноя дек",
            "воскресенье понедельник вторник среда четверг пятница суббота", "вс пн вт ср чт пт сб"),
        0x1A: CalendarNames(
            "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
            "sij velj ožu tra svi lip srp kol ruj lis stu pro",
            "nedjelja ponedjeljak utorak srijeda četvrtak petak subota", "ned pon uto sri čet pet sub"),
        0x1B: CalendarNames(
            "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
            "jan feb mar apr máj jún júl aug sep okt nov dec",
            "nedeľa pondelok utorok streda štvrtok piatok sobota", "ne po ut st št pi so"),
        0x1E: CalendarNames(
            "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
            "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
            "วันอาทิตย์ วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์", "อาทิตย์ จันทร์ อังคาร พุธ พฤหัส ศุกร์ เสาร์"),
        0x1F: CalendarNames(
            "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
            "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
            "Pazar Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi", "Paz Pzt Sal Çar Per Cum Cmt"),
        0x21: CalendarNames(
            "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
            "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
            "Minggu Senin Selasa Rabu Kamis Jumat Sabtu", "Min Sen Sel Rab Kam Jum Sab"),
        0x22: CalendarNames(
            "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
            "січ. лют. бер. квіт. трав. черв. лип. серп. вер. жовт. лист. груд.",
            "неділя понеділок вівторок середа четвер пʼятниця субота", "нд пн вт ср чт пт сб"),
        0x23: CalendarNames(
            "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
            "сту лют сак кра мая чэр ліп жні вер кас ліс сне",
            "нядзеля панядзелак аўторак серада чацвер пятніца субота", "нд пн аў ср чц пт сб"),
        0x24: CalendarNames(
            "januar februar marec april maj junij julij avgust september oktober november december",
            "jan. feb. mar. apr. maj jun. jul. avg. sep. okt. nov. dec.",
            "nedelja ponedeljek torek sreda četrtek petek sobota", "ned. pon. tor. sre. čet. pet. sob."),
        0x25: CalendarNames(
            "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
            "jaan veebr märts apr mai juuni juuli aug sept okt nov dets",
            "pühapäev esmaspäev teisipäev kolmapäev neljapäev reede laupäev", "P E T K N R L"),
        0x26: CalendarNames(
            "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris",
            "janv. febr. marts apr. maijs jūn. jūl. aug. sept. okt. nov. dec.",
            "Svētdiena Pirmdiena Otrdiena Trešdiena Ceturtdiena Piektdiena Sestdiena", "Svētd. Pirmd. Otrd. Trešd. Ceturtd. Piektd. Sestd."),
        0x27: CalendarNames(
            "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
            "saus. vas. kov. bal. geg. birž. liep. rugp. rugs. spal. lapkr. gruod.",
            "sekmadienis pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis", "sk pr an tr kt pn št"),
        0x29: CalendarNames(
            "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
            "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
            "یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه", "یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه"),
        0x2C: CalendarNames(
            "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
            "yan fev mar apr may iyn iyl avq sen okt noy dek",
            "Bazar Bazar_ertəsi Çərşənbə_axşamı Çərşənbə Cümə_axşamı Cümə Şənbə", "B. B.E. Ç.A. Ç. C.A. C. Ş."),
        0x2D: CalendarNames(
            "urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa abendua",
            "urt. ots. mar. api. mai. eka. uzt. abu. ira. urr. aza. abe.",
            "igandea astelehena asteartea asteazkena osteguna ostirala larunbata", "ig. al. ar. az. og. or. lr."),
        0x36: CalendarNames(
            "Januarie Februarie Maart April Mei Junie Julie Augustus September Oktober November Desember",
            "Jan. Feb. Mrt. Apr. Mei Jun. Jul. Aug. Sep. Okt. Nov. Des.",
            "Sondag Maandag Dinsdag Woensdag Donderdag Vrydag Saterdag", "So. Ma. Di. Wo. Do. Vr. Sa."),
        0x37: CalendarNames(
            "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი",
            "იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ",
            "კვირა ორშაბათი სამშაბათი ოთხშაბათი ხუთშაბათი პარასკევი შაბათი", "კვი ორშ სამ ოთხ ხუთ პარ შაბ"),
        0x39: CalendarNames(
            "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
            "जन॰ फ़र॰ मार्च अप्रैल मई जून जुल॰ अग॰ सित॰ अक्टू॰ नव॰ दिस॰",
            "रविवार सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार", "रवि सोम मंगल बुध गुरु शुक्र शनि"),
        0x3E: CalendarNames(
            "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember",
            "Jan Feb Mac Apr Mei Jun Jul Ogo Sep Okt Nov Dis",
            "Ahad Isnin Selasa Rabu Khamis Jumaat Sabtu", "Ahd Isn Sel Rab Kha Jum Sab"),
        0x3F: CalendarNames(
            "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
            "қаң. ақп. нау. сәу. мам. мау. шіл. там. қыр. қаз. қар. жел.",
            "жексенбі дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі", "жс дс сс ср бс жм сб"),
        0x56: CalendarNames(
            "xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
            "xan. feb. mar. abr. maio xuño xul. ago. set. out. nov. dec.",
            "domingo luns martes mércores xoves venres sábado", "dom. luns mar. mér. xov. ven. sáb."),
    ]
}
