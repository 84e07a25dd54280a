"""The commonest words of languages: they tell a language, and of what is asked for they say nothing.

Folded, as `Piece.form` has them. Articles, pronouns, prepositions, conjunctions, forms of “be”, “have” and “do”, and the
words with which one asks.
"""

from __future__ import annotations

COMMONEST = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a about all also am an and any are as at be because been being between both but by can could did do does each"
        " for from had has have he her hers him his how i if in into is it its may me might more most much must my no nor"
        " not of on or other our out she should so some such than that the their them then there these they this those"
        " through to too under up upon us very was we were what when where which while who whom whose why will with within"
        " without would you your s t",
        "de": "aber alle als also am an auch auf aus bei bin bis da das dass dem den der des die dies diese diesem diesen"
        " dieser dieses durch ein eine einem einen einer eines er es fur gegen haben hat hatte hatten ich ihm ihn ihr ihre"
        " im in ins ist ja kann kein keine man mehr mit nach nicht noch nur ob oder seit sich sie sind so uber um und uns"
        " unter vom von vor wann war waren warum was welche welchem welchen welcher welches wem wen wenn wer werden wie"
        " wieviel wird wo wurde wurden zu zum zur zwischen",
        "fr": "a au aux avec ce ces cet cette comme comment d dans de des dont du elle elles en entre est et etait etaient"
        " etant ete etre eu fut il ils j je l la le les leur leurs lorsque m mais meme n ne nos notre nous on ont ou par"
        " pas pendant plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se selon ses si son sont"
        " sous sur t un une vers vos votre vous y",
        "sv": "alla att av blev bli de dem den denna det detta dig din dock du efter eller en ett fran for fore ha hade han"
        " har hon honom hur i icke ingen inte in jag kan man med mellan men mot mycket nar ni nu och om pa sa sig sin sina"
        " skulle som till under upp ut utan vad var vara varfor varit vem vi vid vilka vilken vilket ar at aven over",
        "nl": "aan al als bij dan dat de den der deze die dit door een en er had heb hebben heeft hem het hij hoe hun ik in"
        " is je kan maar met mijn na naar niet nog nu of om onder ook op over te tegen ten ter tot tussen uit van voor"
        " waar waarom wanneer waren was wat welk welke werd werden wie wij worden wordt ze zich zij zijn zo zou",
        "tr": "acaba ama bir bu cok da daha de degil dir gibi hangi hem her hic icin ile ise kac kadar kim mi mu nasil ne"
        " neden nedir nerede nereden o olan olarak oldu oldugu sey su ve veya ya",
        "ru": "а без бы был была были было быть в вы где да для до его ее если есть еще же за и из или им их к как какая какие"
        " какого какое какой какую когда которая которые который кого кто ли между мы на над не него нее нет но о об он она"
        " они оно от по под при с сколько со так такой то того тоже только у чего чем что чтобы эта эти это этого этот я",
        "kk": "ал арқылы бар бен болады болған болды болып бойынша бойы бұл да де дегеніміз деген деп екен ең және жоқ"
        " кандай қай қайда қайсы қалай қандай қанша қашан кейін кім кімдер кімнің қарай мен не неге неше ненің нені өз ол осы"
        " пен сол сонымен туралы үшін",
        "ky": "ал бар болгон болуп бул да де деген деп жана жок ким качан кайда кандай канча менен не эмне ошол үчүн тууралуу",
        "uz": "bilan bir bor bu deb edi emas esa ham haqida har hamda kim nima qachon qanday qancha qayerda qaysi shu u uchun"
        " va yoki yoq",
        "ug": "بار بىر بۇ بىلەن بولغان بولۇپ دەپ ۋە ھەم ھەر ئۇ ئۈچۈن نېمە كىم قاچان قانداق قانچە قەىەر ئەمەس ھەققىدە"
        " we bilen bolghan bolup dep bir bu hem her uchun neme nime kim qachan qandaq qanche emes heqqide",
        "ar": "الا الان التى الذى الذىن الى ان انه او اى اىن بعد بىن تلك ثم حتى حىث ذلك عند عن على فى قبل قد كان كانت كل كم"
        " كما كىف لا لم لماذا لن ما ماذا متى مع من منذ هذا هذه هل هم هنا هو هى و",
        "fa": "از است ان اىن با بر براى به بود تا چرا چه چگونه در را شد که كه كجا كدام كى ما مى و هر ىا ىك",
    }.items()
}
"""By language (ISO 639-1)."""
