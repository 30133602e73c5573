/*
 * The words of many languages, and how they are found in a link's text.  Words that are part
 * of a longer text count less than those that are all of it.
 */
#include <config.h>

#include "series/pager_words.h"

#include <string.h>

#include "html/characters.h"

/* ---- the words ---- */

/* In lower case, separated by '|'; words after the ';' are weak.  Each row has the words for the
 * direction (next, previous, older, newer), then phrases with what it leads to (next page, older
 * posts).  Not formatted by `make format`, whose versions disagree on the width of some letters. */
/* clang-format off */
static const char *const languages[] = {
    /* English */ "next|nxt|previous|prev|older|newer|next page|previous page|prev page|older "
                  "posts|newer posts|"
                  "older post|newer post|newest posts|oldest posts|older entries|newer "
                  "entries|older articles|newer articles|"
                  "older stories|newer stories|older comments|newer comments|previous entries|next "
                  "entries|previous posts|"
                  "next posts|previous articles|next articles|earlier posts|later posts|earlier "
                  "entries|load more|load more posts|"
                  "show more|view more|see more|show more results|more posts|more results|more "
                  "articles|next results|"
                  "previous results|next set|previous set|page up|page "
                  "down;first|last|more|back|forward|continue|beginning|end|"
                  "oldest|newest|earlier|first page|last page|past|future|later|latest posts",
    /* German */
    "weiter|nächste|nächster|nächstes|nächsten|vorherige|vorheriger|vorige|voriger|vorheriges|"
    "zurück|ältere|"
    "neuere|ältere beiträge|neuere beiträge|ältere artikel|neuere artikel|ältere einträge|neuere "
    "einträge|"
    "ältere posts|neuere posts|nächste seite|vorherige seite|vorige seite|vorwärts|rückwärts|mehr "
    "laden|mehr anzeigen|"
    "mehr beiträge|weitere beiträge|weitere artikel|weitere ergebnisse|seite vor|seite "
    "zurück|frühere beiträge|"
    "spätere beiträge|nächster schritt|frühere artikel|spätere artikel|frühere einträge|spätere "
    "einträge;vor|erste|"
    "letzte|mehr|anfang|ende|neuer|älter|erste seite|letzte seite|früher|später|neueste|älteste",
    /* French */
    "suivant|suivante|suivants|suivantes|précédent|précédente|précédents|précédentes|page suivante|"
    "page précédente|articles suivants|articles précédents|articles plus anciens|articles plus "
    "récents|"
    "messages plus anciens|messages plus récents|plus anciens|plus récents|plus ancien|plus "
    "récent|voir plus|"
    "charger plus|afficher plus|plus de résultats|plus d articles|article suivant|article "
    "précédent|suiv|préc|"
    "entrées précédentes|entrées suivantes|anciens articles|billets plus anciens|billets plus "
    "récents|"
    "articles récents|anciens billets|plus anciennes|plus récentes|archives plus anciennes|billets "
    "précédents|"
    "billets suivants|publications plus anciennes|publications plus récentes;première "
    "page|dernière page|première|"
    "premier|dernière|dernier|début|fin|plus|retour|plus tôt|plus tard|anciens|récents|nouveaux "
    "articles",
    /* Spanish */
    "siguiente|siguientes|anterior|anteriores|sig|ant|próxima|próximo|próximos|página siguiente|"
    "siguiente página|página anterior|entradas anteriores|entradas antiguas|entradas más antiguas|"
    "entradas más recientes|entradas siguientes|más antiguos|más antiguas|más recientes|artículos "
    "anteriores|ver más|"
    "cargar más|mostrar más|más resultados|más noticias|previo|previa|publicaciones anteriores|"
    "publicaciones posteriores|artículos siguientes|artículos antiguos|entradas "
    "recientes|publicaciones antiguas|"
    "publicaciones siguientes|más antiguo|más reciente|posts antiguos|posts anteriores;primera "
    "página|última página|"
    "primera|primero|última|último|más|inicio|final|atrás|antiguos|antiguas|recientes|antes|"
    "después|volver|"
    "artículos recientes|publicaciones recientes|posts nuevos",
    /* Portuguese */
    "seguinte|seguintes|próxima página|página seguinte|próximas|postagens mais antigas|"
    "postagens mais recentes|posts mais antigos|posts mais recentes|mensagens antigas|mensagens "
    "mais recentes|"
    "mais antigos|mais antigas|mais recentes|avançar|carregar mais|ver mais|mostrar mais|mais "
    "resultados|prox|próx|"
    "posts antigos|posts recentes|artigos mais antigos|artigos mais recentes|postagens "
    "antigas|postagens recentes|"
    "postagens anteriores|artigos anteriores|publicações mais antigas|publicações mais "
    "recentes|mais antigo|"
    "mais recente;primeira página|última "
    "página|primeira|primeiro|mais|início|fim|voltar|antigos|recentes",
    /* Italian */
    "successivo|successiva|successivi|successive|precedente|precedenti|avanti|indietro|pagina "
    "successiva|"
    "pagina precedente|prossima|prossimo|pagina seguente|post più vecchi|post più recenti|più "
    "vecchi|più recenti|"
    "articoli precedenti|articoli successivi|articoli meno recenti|articoli più recenti|meno "
    "recenti|ultima pagina|"
    "carica altri|mostra altri|mostra di più|altri risultati|succ|prec|articoli seguenti|più "
    "nuovi|più nuovo|"
    "più vecchio|più recente|vecchi articoli|articoli più vecchi|articoli più nuovi|post "
    "precedenti|post successivi;"
    "prima|primo|ultima|ultimo|altro|altri|inizio|fine|prima pagina|vecchi|recenti|nuovi articoli",
    /* Dutch */
    "volgende|vorige|oudere|nieuwere|volgende pagina|vorige pagina|oudere berichten|nieuwere "
    "berichten|"
    "oudere posts|verder|meer laden|toon meer|meer berichten|nieuwere posts|ouer|nuwer|ouer "
    "plasings|jonger plasings|"
    "volgende bladsy|vorige bladsy|ouder|nieuwer|oudere artikelen|nieuwere artikelen;eerste "
    "pagina|laatste pagina|"
    "eerste|laatste|meer|terug|begin|einde",
    /* Swedish, Danish, Norwegian */
    "nästa|föregående|äldre|nyare|nästa sida|föregående sida|äldre inlägg|nyare inlägg|"
    "visa fler|ladda fler|næste|forrige|ældre|nyere|næste side|forrige side|ældre indlæg|nyere "
    "indlæg|vis flere|neste|"
    "neste side|eldre|eldre innlegg|nyere innlegg|tidligere|tidligere side|ældre artikler|nyere "
    "artikler|eldri|nýrri|"
    "næsta|fyrri|næsta síða|fyrri síða|eldri færslur|nýrri "
    "færslur;första|sista|fler|mer|første|sidste|siste|flere|"
    "tilbage|tilbake|bakåt|framåt|nya inlägg|tidigare|senare",
    /* Finnish, Estonian */
    "seuraava|edellinen|seuraavat|edelliset|vanhemmat|uudemmat|vanhempi|uudempi|seuraava sivu|"
    "edellinen sivu|näytä lisää|lataa "
    "lisää|järgmine|eelmine|järgmised|eelmised|vanemad|uuemad|järgmine lehekülg|"
    "eelmine lehekülg|vanemad postitused|vanhempia kirjoituksia|uudempia kirjoituksia|järgmine "
    "lk|eelmine lk;"
    "ensimmäinen|viimeinen|lisää|esimene|viimane|rohkem|uued postitused",
    /* Polish */
    "następna|następny|następne|poprzednia|poprzedni|poprzednie|starsze|nowsze|starsze "
    "posty|nowsze posty|"
    "starsze wpisy|nowsze wpisy|następna strona|poprzednia "
    "strona|starszy|nowszy|dalej|wstecz|kolejna|kolejne|"
    "pokaż więcej|załaduj więcej|zobacz więcej|wczytaj więcej;pierwsza strona|ostatnia "
    "strona|pierwsza|ostatnia|"
    "więcej|początek|koniec|wcześniejsze|późniejsze|powrót|najnowsze|najstarsze",
    /* Czech, Slovak */
    "další|předchozí|následující|starší|novější|další stránka|předchozí stránka|starší příspěvky|"
    "novější příspěvky|předešlá|načíst další|zobrazit "
    "další|ďalšia|ďalší|ďalšie|predchádzajúca|predchádzajúce|"
    "nasledujúca|predošlá|staršie|novšie|ďalšia stránka|predchádzajúca stránka|staršie "
    "príspevky|zobraziť viac|"
    "následující stránka|novšie príspevky|predošlá strana|nasledujúca strana|předchozí "
    "strana|další strana|"
    "novější články|starší články;první stránka|poslední "
    "stránka|první|poslední|více|prvá|posledná|viac|dříve|později|"
    "zpět|ďalej|späť|nejnovější|nejstarší",
    /* Hungarian */
    "következő|előző|régebbi|újabb|következő oldal|előző oldal|régebbi bejegyzések|újabb "
    "bejegyzések|"
    "következő lap|még több|korábbi|korábbi bejegyzések|későbbi bejegyzések|későbbi|régebbi "
    "cikkek|újabb cikkek;"
    "első oldal|utolsó oldal|első|utolsó|tovább|vissza|több",
    /* Romanian */
    "următoarea|următorul|următor|următoare|următoarele|anterioară|anterior|anterioare|precedenta|"
    "pagina următoare|pagina anterioară|articole mai vechi|articole mai noi|mai vechi|mai "
    "noi|postări mai vechi|"
    "inainte|inapoi|înapoi|urmatoarea|urmator|vezi mai mult|articole vechi|articole recente|pagina "
    "precedentă|"
    "următorea|postări mai noi|anterioara|articole anterioare;prima|ultima|mai mult|înainte",
    /* Turkish */
    "sonraki|önceki|sonraki sayfa|önceki sayfa|eski yazılar|yeni yazılar|daha eski|daha yeni|"
    "sonraki kayıtlar|önceki kayıtlar|eski kayıtlar|daha fazla|daha fazla göster|daha eski "
    "kayıtlar|daha yeni yazılar|"
    "daha eski yazılar|köhnə yazılar|növbəti|əvvəlki|növbəti səhifə|əvvəlki səhifə;ilk sayfa|son "
    "sayfa|ilk|son|eski|"
    "yeni|ileri|geri|en yeni|en eski|önce|sonra",
    /* Russian */
    "следующая|следующий|следующие|следующее|предыдущая|предыдущий|предыдущие|след|пред|вперёд|"
    "вперед|назад|"
    "далее|дальше|более старые|более новые|следующая страница|предыдущая страница|предыдущие "
    "записи|следующие записи|"
    "старые записи|новые записи|более ранние|показать ещё|показать еще|загрузить ещё|загрузить "
    "еще|предыдущее|ранее|"
    "старее|новее|более старые записи|более новые записи|более поздние|более ранние записи|более "
    "поздние записи|"
    "старые посты|новые посты|старые статьи|новые статьи|предыдущие посты|следующие "
    "посты;сюда|первая|последняя|"
    "начало|конец|ещё|еще|первый|последний|раньше|позже|старые|новые|ранние|туда|позднее|новейшие|"
    "старейшие|в начало",
    /* Ukrainian, Bulgarian, Serbian, Croatian, Slovene */
    "наступна|наступні|попередня|попередні|старіші|новіші|далі|"
    "наступна сторінка|попередня сторінка|показати "
    "ще|следваща|предишна|следващи|предишни|напред|по стари|по нови|"
    "следваща страница|предишна "
    "страница|следећа|претходна|старије|новије|следеће|sljedeća|sledeća|sljedeće|prethodna|"
    "prethodne|starije|novije|sljedeća stranica|prethodna stranica|starije objave|novije "
    "objave|naslednja|prejšnja|"
    "naslednje|starejše|novejše|naprej|nazaj|naslednja stran|старіші статті|новіші статті|старіші "
    "записи|"
    "новіші записи|стари публикации|нови публикации|prethodno|stariji|noviji|stariji "
    "postovi|noviji postovi|претходно|"
    "претходан|старији|новији|старији чланци|новији чланци|старији постови|новији "
    "постови|претходна страна|"
    "следећа страна|prethodna strana|sledeća strana|следна|следна страница|претходен|претходна "
    "страница|постари|"
    "понови|starejše objave|novejše objave|prejšnja stran|попередні записи|наступні "
    "записи|давніші|претходни|следећи|"
    "stariji članci|noviji "
    "članci|prethodni|sljedeći|sledeći|starejši|novejši|наступная|папярэдняя;перша|остання|"
    "първа|последна|прва|последња|prva|posljednja|zadnja|još|више|раніше|пізніше",
    /* Lithuanian, Latvian */
    "kitas|kita|kiti|ankstesnis|ankstesni|ankstesnė|senesni|naujesni|kitas puslapis|toliau|"
    "nākamā|nākamais|iepriekšējā|iepriekšējais|vecākas|jaunākas|nākamā lapa|tālāk|ankstesnis "
    "puslapis|senesni įrašai|"
    "naujesni įrašai|iepriekšējā lapa|vecāki|jaunāki|vecāki raksti|jaunāki raksti|vecāki "
    "ieraksti|jaunāki ieraksti|"
    "iepriekšējie|nākamie;pirmas|paskutinis|atgal|pirmā|pēdējā|atpakaļ",
    /* Greek */
    "επόμενη|επόμενο|επόμενα|επόμενες|προηγούμενη|προηγούμενο|προηγούμενα|προηγούμενες|παλαιότερα|"
    "παλιότερα|"
    "νεότερα|παλαιότερες|νεότερες|παλαιότερες αναρτήσεις|νεότερες αναρτήσεις|επόμενη "
    "σελίδα|προηγούμενη σελίδα|"
    "περισσότερα|παλιότερες|παλαιότερα άρθρα|νεότερα άρθρα;πρώτη|τελευταία|πίσω",
    /* Catalan, Galician, Basque */
    "següent|següents|pàgina següent|pàgina anterior|entrades més antigues|"
    "entrades més noves|més antics|seguinte páxina|máis "
    "antigas|hurrengoa|hurrengo|aurrekoa|aurreko|hurrengo orria|"
    "anteriors|entrades anteriors|entrades següents|entrades més recents|pàgina prèvia|prèvia|més "
    "antigues|"
    "més recents|páxina anterior|páxina seguinte|máis recentes|artigos vellos|hurrengo "
    "orrialdea|aurreko orrialdea|"
    "zaharragoak|berriagoak|argitalpen zaharragoak|argitalpen berriagoak|publicacions mai recentas|"
    "publicacions mai ancianas|més vell|més nou|més vells|més nous|sarrera zaharragoak|sarrera "
    "berriagoak;darrera|"
    "azkena|lehena",
    /* Indonesian, Malay, Vietnamese */
    "selanjutnya|sebelumnya|berikutnya|lebih lama|lebih baru|halaman selanjutnya|"
    "halaman berikutnya|halaman sebelumnya|postingan lama|postingan lebih baru|seterusnya|muat "
    "lebih banyak|"
    "lihat lainnya|trang sau|trang trước|tiếp|tiếp theo|tiếp tục|cũ hơn|mới hơn|xem thêm|bài đăng "
    "cũ hơn|"
    "bài đăng mới hơn|trang tiếp|trang kế|trang đầu|trang cuối|kế tiếp|tulisan lebih lama|tulisan "
    "lebih baru|pos lama|"
    "bài viết cũ hơn|bài viết mới hơn|bài trước|bài sau|bài viết trước "
    "đây|sakdurunge|sakwise|saterusna|saméméhna|"
    "postingan lebih lama|bài cũ hơn|bài mới hơn;pertama|terakhir|đầu|cuối|sau|trước|berikut",
    /* Arabic, Persian, Urdu */
    "التالي|التالية|السابق|السابقة|أقدم|الصفحة التالية|الصفحة السابقة|المزيد|المواضيع القديمة|"
    "رسائل أقدم|رسائل أحدث|مشاركات أقدم|عرض المزيد|تحميل المزيد|لاحق|بعدی|قبلی|صفحه بعد|صفحه "
    "قبل|صفحه بعدی|صفحه قبلی|"
    "جدیدتر|قدیمی تر|اگلا|پچھلا|اگلا صفحہ|الأقدم|الأحدث|مقالات أحدث|مقالات أقدم|برگه بعد|برگه "
    "قبل|برگه ی بعد|"
    "برگه ی قبل|برگه ی پیش|صفحه ی بعد|صفحه ی قبل|کهنه تر|تازه تر|نوشته های قدیمی تر|نوشته های "
    "جدیدتر|"
    "نوشته های تازه تر|نوشته های کهنه تر|پرانی تحاریر|نئی تحاریر|گزشتہ "
    "صفحہ|پێشوو|داهاتوو|كېيىنكى|ئالدىنقى|"
    "كېيىنكى بەت|ئالدىنقى بەت|المقالات الأقدم|المقالات الأحدث|مشاركات أحدث|نوشته های قدیمی|نوشته "
    "های جدید|"
    "نوشته های پیشین|نوشته های بعدی|مطالب قدیمی تر|مطالب "
    "جدیدتر;الأولى|الأخيرة|الأول|الأخير|الاولى|الاخيرة|اول|آخر|"
    "بیشتر|ابتدا|انتها|بعد|قبل|أحدث|سابق|پیشتر|بعدتر|بازگشت",
    /* Hebrew */
    "הבא|הבאה|הבאים|הקודם|הקודמת|הקודמים|הדף הבא|הדף הקודם|לדף הבא|לדף הקודם|ישנים יותר|חדשים יותר|"
    "רשומות קודמות|רשומות ישנות|עוד תוצאות|לעמוד הבא|לעמוד הקודם|העמוד הבא|העמוד הקודם|פוסטים "
    "חדשים|פוסטים ישנים|"
    "ישנות יותר|חדשות יותר|אחורה|קדימה|לשלב הבא|פוסטים קודמים|רשומות חדשות|רשומות חדשות "
    "יותר;ראשון|אחרון|ראשונה|"
    "אחרונה|עוד",
    /* Hindi, Bengali */
    "अगला|पिछला|अगले|पिछले|अगला पृष्ठ|पिछला पृष्ठ|পরবর্তী|পূর্ববর্তী|আগের|পরের|पुरानी पोस्ट|नई पोस्ट|"
    "पिछला पेज|अगला पेज|পরের পাতা|আগের পাতা|পেছনের পাতা|পরবর্তী পৃষ্ঠা|পূর্ববর্তী পৃষ্ঠা|जुने पोस्ट|नवीन पोस्ट्स|"
    "मागील|पुढील|ਪੁਰਾਣੀਆਂ ਲਿਖਤਾਂ|ਨਵੀਆਂ ਲਿਖਤਾਂ|ਅਗਲਾ|ਪਿਛਲਾ|पुराने पोस्ट|नए "
    "पोस्ट;पहला|अंतिम|আরও|पुराने|आगे|पीछे|পুরনো|"
    "পুরানো",
    /* Korean */
    "다음|이전|다음글|이전글|다음 글|이전 글|다음페이지|이전페이지|다음 페이지|이전 "
    "페이지|다음쪽|이전쪽|다음 쪽|이전 쪽|다음으로|이전으로|다음 목록|이전 목록|다음 개|이전 개|"
    "다음 포스트|이전 포스트|다음 게시물|이전 게시물|다음장|이전장|앞으로|뒤로|더보기|더 보기|더 "
    "불러오기|최신 글|최신 포스트|옛날 포스트|새 글|지난 글|앞 쪽|뒷 쪽|글 더보기|오래된 글|"
    "오래된 글 보기|최근 글|최근글|이전 글 보기|다음 글 보기|새로운 글|지난글|최신글|이전 "
    "글들|다음 글들;처음|마지막|처음으로|마지막으로|맨끝|맨처음|맨 끝|맨 처음|끝|첫 페이지|마지막 "
    "페이지|"
    "오래된|최근",
    /* Tamil, Telugu, Malayalam, Sinhala */
    "அடுத்த பக்கம்|முந்தைய பக்கம்|முன்னைய பக்கம்|அடுத்தது|முன்னையது|పాత టపాలు|"
    "కొత్త టపాలు|പഴയ രചനകള്‍|പുതിയ രചനകള്‍|ඊළඟ|ඉදිරි "
    "පිටුවට|පෙර "
    "පිටුවට;அடுத்த|முந்தைய",
    /* Georgian, Armenian, Albanian */
    "შემდეგი|წინა|შემდეგი გვერდი|წინა გვერდი|უფრო ახალი პოსტები|უფრო ძველი პოსტები|"
    "հաջորդ|նախորդ|հաջորդ էջ|նախորդ էջ|pasuesi|pasuesja|i mëparshmi|faqja pasuese|faqja e "
    "mëparshme|"
    "postime më të reja|postime më të vjetra;შემდეგ",
    /* Welsh, Gaelic, Esperanto, Interlingua, Swahili */
    "nesaf|blaenorol|tudalen nesaf|tudalen flaenorol|air adhart|"
    "air ais|an ath dhuilleag|an duilleag roimhe|sekva|antaŭa|sekva paĝo|antaŭa paĝo|la sekva "
    "paĝo|la antaŭa paĝo|"
    "pli malnovaj|pli novaj|pli novaj artikoloj|pli malnovaj artikoloj|entratas plus "
    "recente|entratas plus vetule|"
    "ifuatayo|iliopita|nakala ifuatayo|nakala iliyopita;mbele",
    /* Icelandic, Irish, Esperanto */ "níos sine|níos nua|malnovaj",
    /* Kazakh, Georgian, Armenian, Tamil, Telugu */
    "келесі|алдыңғы|հաջորդը|նախորդը|அடுத்து|తదుపరి|మునుపటి",
};
/* clang-format on */

/* In scripts without spaces between words: searched for at the beginning and end of a text. */
static const struct text unparted[] = {
    /* Chinese */ TEXT("下一页"),
    TEXT("上一页"),
    TEXT("下一頁"),
    TEXT("上一頁"),
    TEXT("下页"),
    TEXT("上页"),
    TEXT("下頁"),
    TEXT("上頁"),
    TEXT("后一页"),
    TEXT("前一页"),
    TEXT("後一頁"),
    TEXT("前一頁"),
    TEXT("后页"),
    TEXT("前页"),
    TEXT("下一篇"),
    TEXT("上一篇"),
    TEXT("尾页"),
    TEXT("末页"),
    TEXT("末頁"),
    TEXT("尾頁"),
    TEXT("最后一页"),
    TEXT("最後一頁"),
    TEXT("第一页"),
    TEXT("第一頁"),
    TEXT("较旧"),
    TEXT("较新"),
    TEXT("較舊"),
    TEXT("較新"),
    TEXT("更早"),
    TEXT("加载更多"),
    TEXT("查看更多"),
    TEXT("載入更多"),
    TEXT("下一步"),
    TEXT("早期文章"),
    TEXT("以前的"),
    TEXT("先前"),
    TEXT("旧文章"),
    TEXT("新文章"),
    TEXT("上一個"),
    TEXT("下一個"),
    TEXT("上一个"),
    TEXT("下一个"),
    TEXT("后一頁"),
    TEXT("下五页"),
    TEXT("上五页"),
    TEXT("下十页"),
    TEXT("上十页"),
    TEXT("向后"),
    TEXT("向前"),
    TEXT("下翻"),
    TEXT("上翻"),
    /* Japanese */ TEXT("次へ"),
    TEXT("前へ"),
    TEXT("次ページ"),
    TEXT("前ページ"),
    TEXT("次頁"),
    TEXT("前頁"),
    TEXT("最初へ"),
    TEXT("最後へ"),
    TEXT("最初のページ"),
    TEXT("最後のページ"),
    TEXT("古い記事"),
    TEXT("新しい記事"),
    TEXT("もっと見る"),
    TEXT("もっと読む"),
    TEXT("さらに"),
    TEXT("つぎへ"),
    TEXT("まえへ"),
    TEXT("戻る"),
    TEXT("進む"),
    TEXT("前件"),
    TEXT("次件"),
    TEXT("次を表示"),
    TEXT("古い投稿"),
    TEXT("新しい投稿"),
    TEXT("古いエントリ"),
    TEXT("新しいエントリ"),
    /* Thai */ TEXT("ถัดไป"),
    TEXT("ก่อนหน้า"),
    TEXT("หน้าถัดไป"),
    TEXT("หน้าก่อน"),
    TEXT("ย้อนกลับ"),
    TEXT("เก่ากว่า"),
    TEXT("ใหม่กว่า"),
    TEXT("หน้าแรก"),
    TEXT("หน้าสุดท้าย"),
    TEXT("ต่อไป"),
    TEXT("หน้าต่อไป"),
    TEXT("หน้าก่อนหน้า"),
    TEXT("โพสต์เก่า"),
    TEXT("โพสต์มาใหม่"),
};
/* "The next", "the previous": one of the pieces below, or nothing, must follow.  Otherwise it is
 * the beginning of a title. */
static const struct text openings[] = {TEXT("次の"),   TEXT("前の"),   TEXT("つぎの"),
                                       TEXT("まえの"), TEXT("以前の"), TEXT("過去の"),
                                       TEXT("之前的")};
static const struct text pieces[] = {
    TEXT("ページ"), TEXT("頁"),       TEXT("記事"),     TEXT("投稿"),     TEXT("件"),
    TEXT("一覧"),   TEXT("エントリ"), TEXT("日記"),     TEXT("年"),       TEXT("月"),
    TEXT("日"),     TEXT("話"),       TEXT("章"),       TEXT("回"),       TEXT("号"),
    TEXT("画面"),   TEXT("ブログ"),   TEXT("お知らせ"), TEXT("ニュース"), TEXT("スレ"),
    TEXT("レス"),   TEXT("コメント"), TEXT("を"),       TEXT("へ"),       TEXT("文章"),
    TEXT("页"),     TEXT("篇"),       TEXT("日志"),     TEXT("日誌"),     TEXT("帖子")};
/* These count only when they are the whole text. */
static const struct text single_signs[] = {
    TEXT("次"),         TEXT("前"),         TEXT("後"),         TEXT("后"),
    TEXT("首页"),       TEXT("首頁"),       TEXT("更多"),       TEXT("先頭"),
    TEXT("末尾"),       TEXT("最初"),       TEXT("最後"),       TEXT("最新"),
    TEXT("古い"),       TEXT("新しい"),     TEXT("最新の記事"), TEXT("以後の記事"),
    TEXT("過去ログ"),   TEXT("较早的文章"), TEXT("較早的文章"), TEXT("更旧的文章"),
    TEXT("更新的文章"), TEXT("舊文章"),     TEXT("旧一页"),     TEXT("新一页"),
    TEXT("近期文章"),   TEXT("更多文章"),   TEXT("往前"),       TEXT("往后"),
    TEXT("前进"),       TEXT("后退"),       TEXT("返回"),       TEXT("更新")};

static const struct text arrows[] = {
    TEXT("«"),  TEXT("»"),   TEXT("‹"),    TEXT("›"),    TEXT("<"),   TEXT(">"),   TEXT("←"),
    TEXT("→"),  TEXT("⇐"),   TEXT("⇒"),    TEXT("⇦"),    TEXT("⇨"),   TEXT("▶"),   TEXT("◀"),
    TEXT("►"),  TEXT("◄"),   TEXT("▸"),    TEXT("◂"),    TEXT("▷"),   TEXT("◁"),   TEXT("▻"),
    TEXT("◅"),  TEXT("≪"),   TEXT("≫"),    TEXT("⟨"),    TEXT("⟩"),   TEXT("⟵"),   TEXT("⟶"),
    TEXT("⟪"),  TEXT("⟫"),   TEXT("➔"),    TEXT("➜"),    TEXT("➝"),   TEXT("➞"),   TEXT("➡"),
    TEXT("⬅"),  TEXT("❮"),   TEXT("❯"),    TEXT("❰"),    TEXT("❱"),   TEXT("〈"),  TEXT("〉"),
    TEXT("《"), TEXT("》"),  TEXT("＞"),   TEXT("＜"),   TEXT("⏩"),   TEXT("⏪"),   TEXT("⏭"),
    TEXT("⏮"),  TEXT("❬"),   TEXT("❭"),    TEXT("↠"),    TEXT("↞"),   TEXT("〉"),  TEXT("〈"),
    TEXT("⇾"),  TEXT("⇽"),   TEXT("🡒"), TEXT("🡐"), TEXT("⇇"),   TEXT("⇉"),   TEXT("⇠"),
    TEXT("⇢"),  TEXT("⇤"),   TEXT("⇥"),    TEXT("⇚"),    TEXT("⇛"),   TEXT("⇜"),   TEXT("⇝"),
    TEXT("↢"),  TEXT("↣"),   TEXT("↤"),    TEXT("↦"),    TEXT("↼"),   TEXT("⇀"),   TEXT("⟸"),
    TEXT("⟹"),  TEXT("⏴"), TEXT("⏵"),  TEXT("⭠"),  TEXT("⭢"), TEXT("⮜"), TEXT("⮞"),
};

/* ---- looking up ---- */

static uint32_t hash_word(const char *at, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)at[i]) * 16777619u;
    return (hash ^ hash >> 15) % DIRECTION_SLOTS;
}

static void add_phrase(struct pager_words *pager_words, struct text phrase, bool weak)
{
    if (!phrase.length || pager_words->count == PAGER_WORDS_MOST)
        return;
    ptrdiff_t space = text_find_char(phrase, ' ');
    unsigned short *slot =
        &pager_words->slots[hash_word(phrase.at, space < 0 ? phrase.length : (size_t)space)];
    while (*slot && pager_words->phrases[*slot - 1].length > phrase.length)
        slot = &pager_words->next[*slot - 1];
    size_t place = pager_words->count++;
    pager_words->phrases[place] = phrase;
    pager_words->is_weak[place] = weak;
    pager_words->next[place] = *slot;
    *slot = (unsigned short)(place + 1);
}

void pager_words_init(struct pager_words *pager_words)
{
    memset(pager_words, 0, sizeof *pager_words);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        struct text rest = text_of(languages[i]), strong, phrase;
        text_split(&rest, ';', &strong);
        while (text_split(&strong, '|', &phrase))
            add_phrase(pager_words, phrase, false);
        while (text_split(&rest, '|', &phrase))
            add_phrase(pager_words, phrase, true);
    }
}

size_t pager_words_characters(struct text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return count;
}

/* A text in the form in which it is compared: words in lower case with one space between them,
 * without signs and numbers. */
struct plain {
    char bytes[4 * TEXT_CHARACTERS + 4];
    size_t length;
    bool arrow;  /* there was an arrow */
    bool number; /* there was a digit */
};

/* The length of the arrow at `text`; 0 when there is none. */
static size_t arrow_at(struct text text)
{
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (text_starts(text, arrows[i]))
            return arrows[i].length;
    return 0;
}

/* Whether a character outside ASCII is a sign rather than a letter: those of Latin-1, U+2000..2BFF
 * and U+3000..301F, and the fullwidth ones. */
static bool is_sign(struct text text)
{
    unsigned char a = (unsigned char)text.at[0],
                  b = text.length > 1 ? (unsigned char)text.at[1] : 0;
    return a == 0xc2 || (a == 0xe2 && b < 0xb0) ||
           (a == 0xe3 && b == 0x80 && text.length > 2 && (unsigned char)text.at[2] < 0xa0) ||
           (a == 0xef && (b == 0xbc || b == 0xb8)) || a >= 0xf0;
}

static size_t character_bytes(struct text text)
{
    size_t length = 1;
    while (length < text.length && ((unsigned char)text.at[length] & 0xc0) == 0x80)
        length++;
    return length;
}

static void make_plain(struct text text, struct plain *plain)
{
    bool apart = false; /* the last character was not a letter */
    plain->length = 0;
    plain->arrow = plain->number = false;
    while (text.length && plain->length + 4 < sizeof plain->bytes) {
        char c = text.at[0];
        size_t length = 1;
        if ((unsigned char)c < 0x80 && !ascii_is_alpha(c)) {
            plain->arrow = plain->arrow || c == '<' || c == '>';
            plain->number = plain->number || ascii_is_digit(c);
            apart = true;
        } else if ((unsigned char)c >= 0x80 && is_sign(text)) {
            length = arrow_at(text);
            plain->arrow = plain->arrow || length;
            length = length ? length : character_bytes(text);
            apart = true;
        } else {
            if (apart && plain->length)
                plain->bytes[plain->length++] = ' ';
            apart = false;
            length = character_bytes(text);
            plain->length += utf8_fold(text_first(text, length), plain->bytes + plain->length);
        }
        text = text_skip(text, length);
    }
}

/* The longest phrase that begins with the word at `at`; -1 when there is none. */
static int phrase_at(const struct pager_words *pager_words, struct text text, size_t at)
{
    struct text here = text_skip(text, at);
    ptrdiff_t space = text_find_char(here, ' ');
    size_t word = space < 0 ? here.length : (size_t)space;
    for (int i = pager_words->slots[hash_word(here.at, word)]; i; i = pager_words->next[i - 1]) {
        struct text phrase = pager_words->phrases[i - 1];
        if (text_starts(here, phrase) &&
            (here.length == phrase.length || here.at[phrase.length] == ' '))
            return i - 1;
    }
    return -1;
}

/* Whether the text begins or ends with the word.  Compares the first character before the rest,
 * because there are many words. */
static bool has_at_an_end(struct text text, struct text word)
{
    enum { CHARACTER = 3 };
    if (text.length < word.length || word.length < CHARACTER)
        return false;
    const char *end = text.at + text.length - word.length;
    bool begins = memcmp(text.at, word.at, CHARACTER) == 0,
         ends = memcmp(end, word.at, CHARACTER) == 0;
    return (begins && text_starts(text, word)) || (ends && text_ends(text, word));
}

/* Whether the text after "the next" is empty or begins with one of the pieces. */
static bool is_piece(struct text text)
{
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        if (text_starts(text, pieces[i]))
            return true;
    return !text.length;
}

static enum direction unparted_direction(struct text text)
{
    enum { SHORT_BYTES = 24 };
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (text_starts(text, openings[i]))
            return is_piece(text_trim(text_skip(text, openings[i].length))) &&
                           text.length <= SHORT_BYTES
                       ? DIRECTION_ALONE
                       : DIRECTION_TOLD;
    for (size_t i = 0; i < sizeof single_signs / sizeof *single_signs; i++)
        if (text_equal(text, single_signs[i]))
            return DIRECTION_TOLD;
    enum direction told = DIRECTION_NONE;
    for (size_t i = 0; told < DIRECTION_ALONE && i < sizeof unparted / sizeof *unparted; i++)
        if (has_at_an_end(text, unparted[i]))
            told = text.length <= SHORT_BYTES || text_equal(text, unparted[i]) ? DIRECTION_ALONE
                                                                               : DIRECTION_TOLD;
    return told;
}

enum direction pager_words_of(const struct pager_words *pager_words, struct text text)
{
    struct plain plain;
    enum direction best = DIRECTION_NONE;
    if (!text.length || text.length > 4 * TEXT_CHARACTERS ||
        pager_words_characters(text) > TEXT_CHARACTERS)
        return DIRECTION_NONE;
    make_plain(text, &plain);
    struct text words = {plain.bytes, plain.length};
    if (!words.length)
        return plain.arrow && !plain.number ? DIRECTION_ALONE : DIRECTION_NONE;
    for (size_t at = 0; at < words.length; at++) {
        int phrase = at && words.at[at - 1] != ' ' ? -1 : phrase_at(pager_words, words, at);
        if (phrase < 0)
            continue;
        bool alone = pager_words->phrases[phrase].length == words.length;
        enum direction told =
            (pager_words->is_weak[phrase] ? DIRECTION_HINTED : DIRECTION_TOLD) + (alone ? 1 : 0);
        best = told > best ? told : best;
    }
    if (best < DIRECTION_TOLD && (unsigned char)words.at[0] >= 0xe0) {
        enum direction told = unparted_direction(words);
        best = told > best ? told : best;
    }
    return best == DIRECTION_NONE && plain.arrow ? DIRECTION_HINTED : best;
}

/* The number of words, which are separated by single spaces. */
static int words_in(struct text text)
{
    int words = text.length > 0;
    for (size_t i = 0; i < text.length; i++)
        words += text.at[i] == ' ';
    return words;
}

bool pager_words_is_title(const struct pager_words *pager_words, struct text text)
{
    enum { WORDS_OF_A_TITLE = 4, WORDS_BESIDE = 2 };
    struct plain plain;
    if (words_in(text) < WORDS_OF_A_TITLE) /* most texts */
        return false;
    make_plain(text_first(text, sizeof plain.bytes), &plain);
    struct text words = {plain.bytes, plain.length};
    int count = words_in(words);
    for (size_t at = 0; count >= WORDS_OF_A_TITLE && at < words.length; at++) {
        int phrase = at && words.at[at - 1] != ' ' ? -1 : phrase_at(pager_words, words, at);
        int told = phrase < 0 ? 0 : words_in(pager_words->phrases[phrase]);
        if (told > 1 && count - told <= WORDS_BESIDE)
            return false;
    }
    return count >= WORDS_OF_A_TITLE;
}
