"""Spanish sentences as a grammar; see `english.py` for the notation."""

RULES = {
    "digit": "cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve",
    "digit19": "uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve",
    "small": "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce",
    "teen": "trece|catorce|quince|dieciséis|diecisiete|dieciocho|diecinueve",
    "tens": "treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa",
    "twenties": "veinte|veintiuno|veintidós|veintitrés|veinticuatro|veinticinco|veintiséis|veintisiete|veintiocho|veintinueve",
    "number": "{small}|{small}|{teen}|{twenties}|{tens}|{tens} y {digit19}|cien|ciento {tens}|{hundreds}|{hundreds} {tens}|mil|{small} mil",
    "hundreds": "doscientos|trescientos|cuatrocientos|quinientos|seiscientos|setecientos|ochocientos|novecientos",
    "phonenumber": "{digit} {digit} {digit} {digit}|{digit} {digit} {digit} {digit} {digit} {digit}|{digit} {digit} {digit}|{tens} y {digit19} {tens} y {digit19}",
    "ordinal": "primer|segundo|tercer|cuarto|quinto|sexto|séptimo|octavo",
    "day": "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    "month": "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
    "season": "la primavera|el verano|el otoño|el invierno",
    "hourname": "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce",
    "clock": "las {hourname}|la una|las {hourname} y media|las {hourname} y cuarto|las {hourname} menos cuarto|las {hourname} de la mañana|las {hourname} de la tarde|las {hourname} y {minute}|la una y media|las {hourname} de la noche",
    "minute": "cinco|diez|veinte|veinticinco|quince|treinta|cuarenta",
    "date": "el {dayofmonth} de {month}|el {day} {dayofmonth} de {month}|el próximo {day}|este {day}|el {day}",
    "dayofmonth": "primero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|{teen}|{twenties}|treinta|treinta y uno",
    "when": "hoy|mañana|esta noche|ahora|más tarde|pronto|el {day}|la próxima semana|el próximo mes|el próximo {day}|por la mañana|por la tarde|por la noche|a {clock}|mañana por la mañana|mañana por la tarde|esta tarde|en {small} días|en {small} minutos|el {day} a {clock}|antes de {clock}|después de {clock}|{date}|lo antes posible|pasado mañana",
    "past": "ayer|anoche|la semana pasada|el mes pasado|el año pasado|el {day} pasado|hace {small} días|hace {small} horas|hace {small} semanas|esta mañana|desde el {day}|el {day}",
    "howlong": "{small} días|{small} horas|{small} semanas|una semana|unos días|una hora|{small} meses|{number} minutos|todo el día|toda la noche|mucho tiempo",
    "howoften": "todos los días|cada mañana|cada noche|cada {small} horas|una vez al día|dos veces al día|tres veces al día|una vez por semana|cada {day}|siempre|a veces|antes de comer|después de comer|con la comida",
    "names": "maría|juan|david|ana|pedro|sara|miguel|laura|daniel|elena|tomás|julia|roberto|lucía|carlos|carmen",
    "surname": "garcía|lópez|martín|pérez|gómez|díaz|romero|torres",
    "whom": "mi madre|mi padre|mi hijo|mi hija|mi esposa|mi marido|mi hermano|mi hermana|mi bebé|mi abuela|mi abuelo|mi amigo|mi amiga|mi tío|mi tía|mi vecino|mi jefe|mi primo|los niños|el paciente",
    "he": "mi madre|mi padre|mi hijo|mi hija|mi esposa|mi marido|mi hermano|mi hermana|mi bebé|mi abuela|mi amigo|él|ella|{names}|el paciente",
    "bodym": "el estómago|el cuello|el brazo|el pie|el hombro|el pecho|el oído|el ojo|el diente|el dedo|el tobillo|el codo|el corazón",
    "bodyf": "la cabeza|la espalda|la pierna|la rodilla|la mano|la garganta|la nariz|la boca|la piel|la cadera|la muñeca|la muela",
    "body": "{bodym}|{bodyf}",
    "limb": "el brazo|la pierna|el dedo|el pie|el diente|la muñeca|el tobillo",
    "ache": "fiebre|tos|gripe|dolor de cabeza|dolor de estómago|dolor de garganta|dolor de espalda|dolor de muelas|mucha fiebre|una infección|un resfriado|una alergia|náuseas|mareos|mucha tos|un problema en {body}|un dolor en {body}",
    "illness": "diabetes|asma|gripe|la tensión alta|una infección|problemas de corazón|una alergia|cáncer|artritis|neumonía|migraña|ansiedad",
    "statee": "mejor|peor|bien|mal|triste|muy bien|mucho mejor|un poco mejor|feliz",
    "state": "enfermo|enferma|cansado|cansada|mareado|mareada|mejor|peor|bien|mal|triste|embarazada|nervioso|nerviosa|muy cansado|mucho mejor|listo|lista|solo|sola|perdido|perdida|ocupado|ocupada|preocupado|preocupada|despierto|contento|contenta",
    "medicine": "la medicina|la aspirina|los antibióticos|la insulina|las pastillas|el jarabe|las vitaminas|las gotas|la crema|la venda|la vacuna|la inyección|el medicamento",
    "medic": "doctor|médico|dentista|especialista|cirujano|farmacéutico|intérprete|enfermero|terapeuta",
    "medicf": "doctora|enfermera|recepcionista|dentista",
    "themedic": "el {medic}|la {medicf}",
    "clinicplace": "el hospital|la clínica|la farmacia|la sala de urgencias|la sala de espera|el laboratorio|la recepción|el centro de salud|la ambulancia|el consultorio",
    "place": "{clinicplace}|{clinicplace}|{clinicplace}|el aeropuerto|el banco|el hotel|el supermercado|la oficina de correos|la comisaría|la estación de tren|la parada de autobús|el restaurante|el baño|la biblioteca|el museo|el mercado|la escuela|la iglesia|la playa|el parque|la oficina|el ascensor|la salida|la entrada|el aparcamiento|el centro de la ciudad|el metro|la embajada|la panadería|el teatro|la cocina|la piscina|el puente",
    "vehicle": "autobús|tren|avión|taxi|coche|barco|metro",
    "city": "londres|madrid|nueva york|boston|méxico|parís|barcelona|sevilla|valencia|buenos aires|bogotá",
    "thing": "el teléfono|el pasaporte|el billete|el paraguas|el ordenador|el cargador|el libro|el periódico|el mapa|el recibo|el bolso|el abrigo|el reloj|el paquete|el sombrero|el espejo|el cuchillo|el tenedor|el plato|el vaso|el bolígrafo|el lápiz|el cuaderno|el formulario|el jabón|el informe médico|el termómetro|el cepillo de dientes|el seguro médico|{thingf}|{thingf}",
    "thingf": "la llave|la cartera|la maleta|la chaqueta|la cámara|la manta|la almohada|la toalla|la camisa|la carta|la mesa|la silla|la lámpara|la vela|la cuchara|la botella|la taza|la mochila|la receta|la tarjeta de crédito|la tarjeta del seguro|la silla de ruedas|la batería|la bolsa",
    "athing": "un teléfono|un paraguas|un libro|un mapa|un abrigo|un reloj|un cuchillo|un plato|un vaso|un bolígrafo|un lápiz|un termómetro|un recibo|un jabón|una llave|una maleta|una chaqueta|una manta|una almohada|una toalla|una camisa|una silla|una lámpara|una cuchara|una botella|una taza|una bolsa|una mochila|una receta|un sombrero|unos zapatos|unas gafas",
    "food": "pan|arroz|pollo|pescado|sopa|ensalada|queso|huevos|fruta|verduras|pasta|carne|patatas|tomates|chocolate|helado|pastel|azúcar|sal|mantequilla|cebollas|frijoles|naranjas|uvas|zanahorias|ajo|miel|galletas|manzanas|plátanos",
    "drink": "agua|café|té|leche|zumo|vino|cerveza|zumo de naranja|un vaso de agua|una taza de café|una taza de té|limonada",
    "adjm": "grande|pequeño|nuevo|viejo|bueno|malo|caro|barato|limpio|sucio|bonito|cómodo|tranquilo|pesado|largo|corto|caliente|roto|vacío|lleno|diferente|importante|peligroso|seguro|fácil|difícil|fuerte|simple|cerrado|abierto|perfecto|terrible|delicioso|fresco|maravilloso|extraño",
    "adjf": "grande|pequeña|nueva|vieja|buena|mala|cara|barata|limpia|sucia|bonita|cómoda|tranquila|pesada|larga|corta|caliente|rota|vacía|llena|cerrada|abierta|perfecta|fresca|peligrosa",
    "color": "rojo|azul|verde|amarillo|negro|blanco|marrón|naranja|gris|rosa|morado",
    "animal": "perro|gato|pájaro|caballo|ratón|conejo|pollo|pato",
    "weather": "frío|calor|sol|viento|buen tiempo|mal tiempo",
    "job": "profesor|conductor|estudiante|agricultor|ingeniero|abogado|cocinero|camarero|enfermero|médico|mecánico|carpintero|artista|secretaria|policía|piloto|cantante|escritor|maestra",
    "hobby": "la música|el fútbol|bailar|nadar|leer|cocinar|pintar|correr|viajar|la historia|el cine|el ajedrez|el tenis",
    "verbdo": "leer|escribir|dormir|caminar|correr|nadar|conducir|cocinar|bailar|cantar|trabajar|estudiar|descansar|esperar|pagar|comer|respirar|ver|levantarme|ir a casa|volver|salir|jugar|fumar|parar|empezar|ayudar|hablar|beber|entrar|llamar",
    "verbthing": "traer|encontrar|comprar|abrir|cerrar|ver|tomar|usar|lavar|limpiar|vender|guardar|cambiar|reparar|enviar|llevar|mover|buscar",
    "language": "inglés|español|francés|alemán|italiano|portugués|árabe|chino",
    "price": "{number} dólares|{number} euros|{number} pesos|{number} céntimos",
    "sentence": "{clinic}|{clinic}|{clinic}|{clinic}|{clinic}|{everyday}|{everyday}|{everyday}|{everyday}|{common}|{common}|{plain}|{plain}|{greeting}|{numeric}",
    "clinic": (
        "tengo {ache}|tengo {ache} desde hace {howlong}|tiene {ache}|{he} tiene {ache}|{he} tiene {ache} desde el {day}|no tengo {ache}"
        "|necesito una cita con {themedic} {when}|quiero pedir una cita {when}|me gustaría pedir una cita con {themedic}|necesito una cita {when}|puedo pedir una cita para {date}"
        "|necesito ver a {themedic} {when}|necesito un {medic}|dónde está {clinicplace}|dónde está {clinicplace} por favor|cómo llego a {clinicplace}|dónde está la farmacia más cercana|hay un hospital cerca de aquí"
        "|me duele {body}|me duele mucho {body}|me duele {body} desde hace {howlong}|le duele {body}|me hice daño en {body} {past}|me rompí {limb} {past}|a {he} le duele {body}|me duelen los ojos|me duelen las piernas"
        "|me siento {state}|me siento {state} hoy|no me siento {statee}|cómo se siente hoy|se siente {statee}|{he} se siente {statee}|está {state}"
        "|soy alérgico a {allergen}|soy alérgica a {allergen}|es usted alérgico a {allergen}|{he} es alérgico a {allergen}|tiene alguna alergia|tengo {illness}|{he} tiene {illness}|tiene usted {illness}|alguien en su familia ha tenido {illness}"
        "|tome {medicine} {howoften}|tome {small} pastillas {howoften}|tomo {medicine} {howoften}|cada cuánto debo tomar {medicine}|toma usted algún medicamento|necesito {medicine} por favor|necesito una receta para {medicine}|{medicine} no me ayuda"
        "|llame a {themedic} por favor|llame a una ambulancia por favor|llame a la policía|necesitamos una ambulancia {when}|es una emergencia|ayúdeme por favor|{he} necesita ayuda|{he} no puede respirar|no puedo {verbdo}|no puedo dormir por la noche|no puedo mover {body}"
        "|{themedic} le verá {when}|{themedic} está ocupado {when}|{themedic} no está aquí {when}|espere aquí a {themedic} por favor|espere en la sala de espera|{themedic} le llamará {when}|cuándo puedo ver a {themedic}|hay un {medic} que hable {language}"
        "|abra la boca por favor|cierre los ojos|respire profundo|dígame dónde le duele|dónde le duele|cuándo empezó el dolor|desde cuándo está {state}|le duele cuando camina|acuéstese por favor|siéntese por favor|levántese por favor|levante {limb} por favor|gire la cabeza|muéstreme {limb}"
        "|su tensión está {level}|mi tensión está {level}|necesitamos un análisis de sangre {when}|los resultados son {result}|los resultados estarán listos {when}|necesita una operación {when}|tenemos que hacer una radiografía|tiene que quedarse en el hospital {howlong}|puede irse a casa {when}|vuelva {when}|debe beber más {drink}|no debe comer {food}|tiene que descansar {howlong}|no beba {drink} {when}"
        "|estuve en el hospital {past}|la operación fue {past}|me caí {past}|{he} se cayó {past}|tuve un accidente {past}|vomité {past}|he perdido mucha sangre|tengo {body} hinchado|me corté {limb}|me quemé la mano|{he} está embarazada|el bebé nació {past}|{he} tiene una cita {when}|mi cita es {when}|quiero cancelar mi cita|puedo cambiar mi cita para el {day}|la tarjeta del seguro está en mi bolso|tiene seguro médico|aquí está mi tarjeta|cuál es su fecha de nacimiento|nací el {dayofmonth} de {month}|está embarazada|fuma usted|no fumo|cuánto pesa|soy {themedic}|es usted {themedic}|me llamo {names} y soy su {medic}|tengo una cita con {themedic} {when}"
    ),
    "allergen": "la penicilina|las nueces|la leche|los huevos|el pescado|los gatos|los perros|el polvo|la aspirina|los antibióticos|el chocolate",
    "level": "normal|alta|baja|muy alta|demasiado alta|demasiado baja|un poco alta|bien",
    "result": "normales|buenos|malos|negativos|positivos",
    "everyday": (
        "dónde está {place}|dónde está {place} por favor|cómo llego a {place}|hay {aplace} cerca de aquí|{place} está a la {side}|{place} está al lado de {place}|{place} está cerrado {when}|{place} abre a {clock}|está lejos {place}|estoy en {place}|nos vemos en {place} {when}|gire a la {side} en {place}|siga todo recto|está en el {ordinal} piso|vamos a {place} {when}"
        "|cuándo sale el {vehicle}|el {vehicle} sale a {clock}|el {vehicle} a {city} sale {when}|perdí el {vehicle}|necesito un {vehicle} para ir a {place}|un billete a {city} por favor|dos billetes a {city} por favor|cuánto cuesta un billete a {city}|fuimos a {city} en {vehicle}|vivo en {city}|soy de {city}|ha estado en {city}|el {vehicle} llega tarde|el vuelo a {city} fue cancelado"
        "|perdí {thing}|perdí {thing} {past}|ha visto {thing}|dónde está {thing}|olvidé {thing} en {place}|este es mi libro|es su {onlything}|quiero comprar {athing}|busco {athing}|puede {verbthing} {thing}|por favor puede {verbthing} {thing}|{thing} está en la mesa|{thing} es demasiado {adjm}|{thingf} es muy {adjf}|hay {athing} debajo de la cama|me robaron {thing}|cuánto cuesta {thing}|{thing} cuesta {price}|tiene {athing}|dejé {thing} en el {vehicle}|ponga {thing} en la {furniture}"
        "|quisiera {food} por favor|quisiera {drink} por favor|me trae {drink} por favor|quiere {drink} o {drink}|me gusta el {foodm} y el {foodm}|no me gusta el {foodm}|necesitamos {food} y {food}|el {foodm} está {adjfood}|qué quiere comer|qué quiere beber|comí {food} en {meal}|vamos a comer juntos|la cuenta por favor|una mesa para {small} por favor|el desayuno es a {clock}|tengo hambre y sed|tengo hambre|tengo mucha sed|queda {food}|{he} nunca come {food}"
        "|hace {weather} hoy|hizo {weather} {past}|hará {weather} mañana|está lloviendo|está nevando|hace mucho {weather}|qué tiempo hace en {city}|me gusta {season}|hace demasiado {weather} para salir|llueve mucho en {month}"
        "|qué hora es|son {clockp}|es la una|qué día es hoy|hoy es {day}|mañana es {day}|hoy es {date}|mi cumpleaños es el {dayofmonth} de {month}|hasta {untilwhen}|le llamo {when}|puede llamarme {when}|estaré allí {when}|vuelvo {when}|está libre {when}|qué hace {when}|tengo que {verbdo} {when}|quiero {verbdo} {when}|puede {verbdo} {when}|vamos a {verbdo} {when}|me gusta {verbdo}|{he} quiere {verbdo}|no se puede {verbdo} aquí|podemos {verbdo} {when}|no pude {verbdo} {past}|es hora de {verbdo}|debemos {verbdo} {when}"
        "|estoy {state}|está usted {state}|{he} está {statee}|estamos bien|por qué está {state}|estaba {state} {past}|él es mi {familym}|ella es mi {familyf}|esta es mi {familyf}|vivo con {whom}|dónde está {whom}|estoy esperando a {whom}|saludos a {whom}|{he} trabaja en {place}|{he} es {job}|trabajo como {job}|mi hermano quiere ser {job}|a {he} le gusta {hobby}|le gusta {hobby}|me encanta {hobby}|{he} vino {past}|cómo está {whom}|echo de menos a {whom}"
        "|la casa es {adjf}|la habitación está {adjf}|esto es muy {adjm}|no es {adjm}|eso fue {adjm}|la calle es {adjf}|mi coche nuevo es {color}|el {animal} es {color}|tenemos un {animal} y un {animal}|el {animal} está en {housepart}|tengo un {animal} {color}|encienda {device} por favor|apague {device} por favor|{device} no funciona|puede abrir {opening}|cierre {opening} por favor|hay {number} personas en {place}|{device} está roto"
        "|habla {language}|hablo un poco de {language}|no hablo {language}|estoy aprendiendo {language}|cómo se dice eso en {language}|no entiendo|no lo sé|puede repetir por favor|hable más despacio por favor|puede escribirlo|qué significa esta palabra|qué es eso|qué pasó|tengo una pregunta|es verdad|eso no es verdad|estoy de acuerdo|no estoy seguro|creo que sí|claro que sí|no hay problema|espere un momento por favor|no importa|tenga cuidado|dese prisa|pase por favor|venga aquí por favor|sígame por favor|vámonos|ya voy|déjeme en paz|no se preocupe|no toque eso|todo está bien|cuál es su dirección|dónde vive usted|de dónde es usted|quién es|cuál quiere|cuántos necesita|por qué no|necesito ayuda con {thing}|puedo usar {place}|cuánto cuesta|es demasiado caro|puedo pagar con tarjeta|quiero cambiar dinero|dónde puedo comprar {food}|el agua está {adjwater}|la puerta está abierta|necesito dinero|necesita algo más|eso es todo gracias|no encuentro {place}|no hay nadie en casa|nunca volvieron|siempre venimos aquí|porque estaba {state}|si quiere podemos {verbdo}|quizás podemos {verbdo} {when}|los dos están {statee}|ya he pagado|prefiero quedarme en casa|me dijo la verdad|me dio {athing}|oí un ruido en {housepart}|vimos una película {past}"
    ),
    "fam": "hermano|hermana|primo|prima|amigo|amiga|vecino|vecina|jefe|hijo|hija|esposa|marido|madre|padre|abuela|abuelo",
    "third": "come|bebe|duerme|trabaja|camina|habla|lee|escribe|corre|juega|fuma|vuelve|viene|vive aquí|espera|llora|sale|canta|estudia",
    "common": (
        "su {fam} está {statee}|su {fam} vive en {city}|nuestra casa es {adjf}|nuestro coche es {adjm}|sus hijos están {statee}|mis padres viven en {city}|no puedo {verbdo} sin ayuda|café sin azúcar por favor|vivo con su {fam}|el {animal} está detrás de la {furniture}|{thing} está delante de {place}"
        "|ha estado alguna vez en {city}|ha tenido usted una operación|ha tenido alguna vez {illness}|estos {animal2} son míos|esas {thingsf} son mías|son estas sus {thingsf}|dónde están mis {thingsf}|dónde están sus {things}|vivimos en {city} desde hace {howlong}|vivimos aquí|esta pastilla me ayuda a {verbdo}|el dolor está peor|dos tazas de {drink2} por favor|una botella de agua por favor|{small} botellas de agua por favor"
        "|qué le pasa|quién es usted|dónde estaba {past}|estuvimos en {place} {past}|estaban {stateplural} {past}|{he} no {third}|{he} {third} {when}|mi {fam} viene {when}|quién viene {when}|{themedic} viene {when}|le gustaría {verbdo} {when}|voy a {verbdo} {when}|podría {verbthing} {thing}|podría {verbdo} {when}|{he} estaba {statee} {past}|hábleme de su {fam}|dígame la verdad|dele {medicine}|deme {athing} por favor|ayúdenos por favor|dígale que espere|se lo di a {whom}|está entre {place} y {place}|abrimos hasta {clock}|desde {clock} hasta {clock}|más agua por favor|menos azúcar por favor|otro {otherm} por favor|otra {thingf2} por favor|es el mismo {otherm}|solamente uno por favor|primero tome {medicine}|luego vaya a {place}|cuando venga traiga {thing}|si le duele llámeme {when}|llámeme {when} por favor|llame a su {fam} {when}|{he} se rompió {limb} {past}|{he} me dijo que tengo que {verbdo}|{themedic} me dijo que tengo que {verbdo}|no debe {verbdo} {when}|todos queremos {verbdo}|hay alguien en la puerta|no me duele nada|todos están aquí|también necesito {athing}|todavía me siento {state}|me duele cuando camino|a qué hora abre {place}|a qué hora cierra {place}|{place} cierra a {clock}|qué {vehicle} va a {place}|de quién es {thing}|quítese la ropa|póngase la ropa|levántese|que se mejore pronto|me levanté a {clock}|recibí una carta de {whom}|voy a {place} con mi {fam}|qué dijo usted|dice que está {state}|cree que es {adjm}|mucha gente está {state2}|tengo mucho trabajo|su nombre es {names}|cuántos años tiene|cuántos años tiene su {fam}|está lejos de aquí|está muy cerca|cada {day} vamos a {place}|estamos buscando {place}|estoy buscando {thing}|desde cuándo tiene {tiene}|tiene {tiene} desde hace {howlong}|quiero esa {thingf2}|quiero ese {otherm}|dónde están los {things2}|{names} y {names} están aquí|porque tengo {ache}|entonces nos vemos {when}"
    ),
    "nounm": "café|té|zumo|agua|pan|hotel|doctor|tren|autobús|coche|avión|perro|gato|libro|hospital|restaurante|baño|teléfono|médico",
    "nounf": "leche|sopa|comida|casa|habitación|ciudad|calle|doctora|puerta|cama|maleta|escuela|cita|medicina|llave",
    "plain": (
        "el {nounm} es muy {adjm}|el {nounm} es {adjm}|la {nounf} es muy {adjf}|la {nounf} es {adjf}|mi {nounm} es muy {adjm}|mi {nounf} es muy {adjf}|el agua es muy {adjwater}|el {nounm} es muy rápido|el {nounm} es muy lento|busco un {nounm} {adjm}|busco una {nounf} {adjf}|busco {place}|dónde es {place}|cuándo es la {nounf}|por favor mi {nounf}|por favor mi {nounm}|hola tengo una cita|hola tengo {ache}|tengo una {nounf}|necesito un {medic} para {whom2}|necesito un {medic}|necesito {drink} para {whom2}|hola necesito un {medic}|compro {small} {things}|compro {small} {things} y {small} {things}|compro {food} y {food}|veo un {nounm}|no veo el {nounm}|no veo la {nounf} {when}|no veo el {nounm} hoy|gracias adiós|sí gracias|este {nounm} es muy {adjm}|esta {nounf} es muy {adjf}"
    ),
    "whom2": "mi hija|mi hijo|mi madre|mi padre|mi hermano|mi hermana|mi esposa|mi marido|mi amigo|mi abuela|mi bebé",
    "animal2": "perros|gatos|libros|zapatos|billetes|pájaros",
    "thingsf": "llaves|maletas|gafas|pastillas|cartas|botellas|tazas|sillas",
    "drink2": "café|té|leche|chocolate",
    "stateplural": "enfermos|cansados|contentos|perdidos|ocupados|listos|tristes",
    "state2": "enferma|cansada|contenta|triste|preocupada",
    "otherm": "libro|vaso|plato|cuchillo|billete|café|reloj|lápiz",
    "thingf2": "manta|almohada|toalla|botella|taza|silla|llave|cuchara|receta",
    "tiene": "esa tos|ese dolor|esta fiebre|este problema",
    "things2": "libros|zapatos|niños|resultados|billetes|pacientes|servicios",
    "clockp": "las {hourname}|las {hourname} y media|las {hourname} y cuarto|las {hourname} menos cuarto|las {hourname} de la tarde",
    "untilwhen": "mañana|luego|pronto|el {day}|la próxima semana|esta tarde",
    "foodm": "pan|arroz|pollo|pescado|queso|chocolate|helado|pastel|ajo|café|té|vino|zumo",
    "adjfood": "delicioso|frío|caliente|bueno|malo|fresco",
    "adjwater": "fría|caliente|limpia|sucia|fresca",
    "onlything": "libro|teléfono|maleta|llave|pasaporte|abrigo|reloj",
    "aplace": "un banco|un hotel|un supermercado|un restaurante|un baño|un mercado|un parque|una farmacia|una clínica|una escuela|una playa|una parada de autobús|un hospital",
    "furniture": "mesa|silla|cama|pared|puerta",
    "familym": "hermano|primo|amigo|vecino|jefe|médico|profesor|marido|abuelo",
    "familyf": "hermana|prima|amiga|vecina|jefa|doctora|esposa|abuela",
    "side": "izquierda|derecha",
    "meal": "el desayuno|el almuerzo|la cena",
    "housepart": "la cocina|el jardín|el dormitorio|el baño|el garaje|la casa|el salón|la calle|el sótano|el árbol",
    "device": "la luz|la televisión|la radio|la calefacción|el ventilador|el teléfono|el ordenador|la impresora|el horno|la nevera|la ducha|la alarma",
    "opening": "la puerta|la ventana|la caja|el cajón|la botella",
    "greeting": "hola|buenos días|buenas tardes|buenas noches|adiós|hola cómo está|cómo está usted hoy|estoy bien gracias|muchas gracias|de nada|mucho gusto|me llamo {names}|me llamo {names} {surname}|cómo se llama usted|hasta luego|que tenga un buen día|perdón|lo siento|sí por favor|no gracias|por favor|gracias|sí|no|buena suerte|feliz cumpleaños|felicidades|bienvenido a {city}|hola {names}|buenos días doctor {surname}|buenos días doctora {surname}|hola me llamo {names} y necesito un {medic}|buenos días tengo una cita a {clock}|hola {names} qué tal|cuídese|adiós y gracias|hola puede ayudarme por favor|está {names} en casa|puedo hablar con {names} por favor|señoras y señores|encantado|buen viaje",
    "numeric": "mi número de teléfono es {phonenumber}|mi número es el {phonenumber}|llame al {phonenumber}|el número de la habitación es {number}|habitación {number} por favor|tengo {number} años|{he} tiene {number} años|cuesta {price}|son {price}|{number} {number} {number}|{digit} {digit} {digit}|la fecha es {date}|el código es {phonenumber}|tengo {number} {things}|hay {number} {things} aquí|tome el autobús número {number}|tenemos {small} hijos|la temperatura es de {number} grados|peso {number} kilos|está a {number} kilómetros de aquí|necesito {small} {things}|{day} {day} y {day}|{month} {month} y {month}|{price} por favor|el año tiene doce meses|una semana tiene siete días|página {number}|puerta {number}|el {dayofmonth} de {month}|{small} más {small} son {number}",
    "things": "libros|billetes|llaves|botellas|cajas|sillas|camas|pastillas|perros|gatos|amigos|preguntas|mesas|manzanas|cartas|habitaciones|casas|coches|ventanas|pacientes|personas",
}

AMBIGUOUS = "el él mi a ha y o te té si sí que qué esta está como cómo de se sé tu le lo la al del su un una por solo"
"""Words that sound like another word, or like nothing on their own: spoken only in sentences."""

VOICES = "es es-419"
